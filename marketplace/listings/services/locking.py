"""The proposal as it is now, held; and the step that is kept of every move."""

from collections.abc import Collection
from datetime import datetime

from marketplace.accounts.models import User
from marketplace.listings.models import Proposal, ProposalStep
from marketplace.listings.refusals import Moved, NotNow

State = Proposal.State


def hold(*, proposal_id: int, states: Collection[State], seen: int | None = None) -> Proposal:
    """Lock the row. Raises NotNow in another state, Moved in another version than was seen."""
    proposal = Proposal.objects.locked(proposal_id)
    if proposal.state not in states:
        raise NotNow(proposal.state_label)
    if seen is not None and proposal.version != seen:
        raise Moved
    return proposal


def move(
    proposal: Proposal, state: State, *, by: User | None, now: datetime, why: str = ""
) -> None:
    """Write the new state of a held proposal, and the step."""
    proposal.state = state
    proposal.version += 1
    proposal.save()
    ProposalStep.objects.create(proposal=proposal, state=state, by=by, at=now, reason=why)


def touch(proposal: Proposal) -> None:
    """Write a held proposal that has stayed in its state."""
    proposal.version += 1
    proposal.save()
