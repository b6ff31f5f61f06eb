"""Moving an application forward, with who, when and why."""

from datetime import datetime

from marketplace.accounts.models import User
from marketplace.fairs.models import Allotment, Exhibitor, ExhibitorStep, Fair
from marketplace.fairs.phases import OVER
from marketplace.fairs.refusals import FairOver, StepRefused

State = Exhibitor.State
FOLLOWING: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.APPLIED,),
    State.APPLIED: (State.ACCEPTED, State.RESERVE, State.DECLINED, State.WITHDRAWN),
    State.ACCEPTED: (State.DECLINED, State.WITHDRAWN),
    State.RESERVE: (State.ACCEPTED, State.DECLINED, State.WITHDRAWN),
    State.DECLINED: (State.APPLIED,),
    State.WITHDRAWN: (State.APPLIED,),
}


def check_step(exhibitor: Exhibitor, *, to: State, after: State | None = None) -> None:
    """`after` is the only state from which this step may be taken. Raises StepRefused, FairOver."""
    now = State(exhibitor.state)
    if to not in FOLLOWING[now] or after not in (None, now):
        raise StepRefused(exhibitor, to)
    check_not_over(exhibitor.fair)


def check_not_over(fair: Fair) -> None:
    """Raises FairOver: what happened at a fair that was stays written."""
    if fair.state in OVER:
        raise FairOver


def take_step(
    exhibitor: Exhibitor,
    *,
    to: State,
    by: User | None,
    now: datetime,
    reason: str = "",
    **changes: object,
) -> Exhibitor:
    """Write the step with these changed columns; the caller has locked and checked.

    The step is put into `exhibitor.last_step`.
    """
    changes |= {"state": to, "reason": reason}
    for column, value in changes.items():
        setattr(exhibitor, column, value)
    exhibitor.save(update_fields=list(changes))
    exhibitor.last_step = ExhibitorStep.objects.create(
        exhibitor=exhibitor, state=to, at=now, by=by, reason=reason
    )
    return exhibitor


def release_booth_of(exhibitor: Exhibitor, *, ending: Allotment.Ending, now: datetime) -> None:
    """Its booth, if it has one, is free for others."""
    Allotment.objects.active().filter(exhibitor=exhibitor).update(released_at=now, reason=ending)
