"""The way of a proposal: submitted, taken back, returned with reasons, approved, discarded."""

from datetime import datetime

from django.db import transaction

from catalog.models import Product
from marketplace.accounts.models import User
from marketplace.listings.models import Proposal
from marketplace.listings.notices import tell_answer
from marketplace.listings.problems import problems_of
from marketplace.listings.refusals import NotReady, ReasonMissing
from marketplace.listings.services.drafting import delete_files
from marketplace.listings.services.locking import State, hold, move
from marketplace.listings.services.papers import discard_papers
from marketplace.listings.services.putting import change_good, make_good


@transaction.atomic
def submit(*, proposal_id: int, seen: int, by: User | None, now: datetime) -> Proposal:
    """Hand it to the market as it was shown. Raises NotReady, NotNow, Moved."""
    proposal = hold(proposal_id=proposal_id, states=Proposal.OPEN, seen=seen)
    problems = problems_of(proposal)
    if problems:
        raise NotReady(problems)
    proposal.submitted_at = now
    move(proposal, State.SUBMITTED, by=by, now=now)
    return proposal


@transaction.atomic
def take_back(*, proposal_id: int, by: User | None, now: datetime) -> Proposal:
    """A draft again, as long as the market has not decided. Raises NotNow."""
    proposal = hold(proposal_id=proposal_id, states=[State.SUBMITTED])
    move(proposal, State.DRAFT, by=by, now=now)
    return proposal


@transaction.atomic
def discard(*, proposal_id: int, by: User | None, now: datetime) -> Proposal:
    """Given up for good, with the pictures and papers that are nowhere else. Raises NotNow."""
    proposal = hold(proposal_id=proposal_id, states=Proposal.OPEN)
    move(proposal, State.DISCARDED, by=by, now=now)
    uploads = proposal.pictures.filter(image__isnull=True)
    names = [
        name
        for picture in uploads
        for name in (picture.file.name, *(row["name"] for row in picture.renditions))
    ]
    uploads.delete()
    discard_papers(proposal)
    transaction.on_commit(lambda: delete_files(names), robust=True)
    return proposal


@transaction.atomic
def give_back(*, proposal_id: int, seen: int, reason: str, by: User, now: datetime) -> Proposal:
    """The market wants something changed; what was typed stays. Raises ReasonMissing, NotNow."""
    if not reason.strip():
        raise ReasonMissing
    proposal = hold(proposal_id=proposal_id, states=[State.SUBMITTED], seen=seen)
    move(proposal, State.RETURNED, by=by, now=now, why=reason.strip())
    tell_answer(proposal=proposal, reason=reason.strip())
    return proposal


@transaction.atomic
def approve(*, proposal_id: int, seen: int, by: User, now: datetime) -> Product:
    """Make it live: exactly the version that was read. Raises NotNow, Moved, NotReady."""
    proposal = hold(proposal_id=proposal_id, states=[State.SUBMITTED], seen=seen)
    put = make_good if proposal.is_new else change_good
    proposal.product = put(proposal=proposal, now=now)
    move(proposal, State.APPROVED, by=by, now=now)
    tell_answer(proposal=proposal)
    return proposal.product
