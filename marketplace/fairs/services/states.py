"""A fair on its way from draft to report, by the organiser's hand or by the calendar."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.fairs.models import Fair, FairStep
from marketplace.fairs.models.fair import PERMIT_FROM
from marketplace.fairs.phases import first_opening, last_closing
from marketplace.fairs.refusals import (
    DaysGone,
    DeadlineNotAhead,
    FairRefused,
    HasApplicants,
    HasVisitors,
    NoSuchMove,
    NotBegun,
    NotOver,
    PermitMissing,
)
from marketplace.fairs.services.locks import hold_fair

State = Fair.State
# One step forward, and one back where nothing has been promised to anybody by it.
FOLLOWING: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.CALL,),
    State.CALL: (State.PLANNED, State.DRAFT),
    State.PLANNED: (State.RUNNING, State.CALL),
    State.RUNNING: (State.CLOSED,),
    State.CLOSED: (State.REPORTED,),
    State.REPORTED: (),
}


@transaction.atomic
def move_fair(*, fair_id: int, to: str, by: User | None, now: datetime) -> Fair:
    """Take the step. A fair that becomes planned takes no applications any more, were the deadline
    still to come. Raises FairRefused."""
    fair = hold_fair(fair_id)
    check_move(fair, to=to, now=now)
    fair.state = to
    if to == State.PLANNED:
        fair.call_closes_at = min(fair.call_closes_at, now)
    Fair.objects.filter(pk=fair.pk).update(state=to, call_closes_at=fair.call_closes_at)
    FairStep.objects.create(fair=fair, state=to, at=now, by=by)
    return fair


def check_move(fair: Fair, *, to: str, now: datetime) -> None:
    """Raises FairRefused, the first reason that stands against it."""
    if to not in FOLLOWING[State(fair.state)]:
        raise NoSuchMove(fair, to)
    CHECKS.get((State(fair.state), State(to)), lambda _fair, _now: None)(fair, now)


def refusal_of(fair: Fair, *, to: str, now: datetime) -> FairRefused | None:
    """What stands against the step now; None when it may be taken."""
    try:
        check_move(fair, to=to, now=now)
    except FairRefused as refusal:
        return refusal
    return None


def check_call(fair: Fair, now: datetime) -> None:
    if first_opening(fair) <= now:
        raise DaysGone
    closes = fair.call_closes_at
    if closes is None or not now < closes <= first_opening(fair):
        raise DeadlineNotAhead


def check_call_again(fair: Fair, now: datetime) -> None:
    if fair.tickets.live().exists():
        raise HasVisitors
    check_call(fair, now)


def check_planned(fair: Fair, now: datetime) -> None:
    if fair.expected_visitors >= PERMIT_FROM and not fair.permit_number:
        raise PermitMissing
    if last_closing(fair) <= now:
        raise DaysGone


def check_draft(fair: Fair, _now: datetime) -> None:
    if fair.exhibitors.exists():
        raise HasApplicants


def check_running(fair: Fair, now: datetime) -> None:
    if timezone.localdate(now) < fair.begins_on:
        raise NotBegun


def check_closed(fair: Fair, now: datetime) -> None:
    """On its last day the organiser may close a fair before its hour."""
    if timezone.localdate(now) < fair.ends_on:
        raise NotOver


CHECKS: dict[tuple[State, State], Callable[[Fair, datetime], None]] = {
    (State.DRAFT, State.CALL): check_call,
    (State.CALL, State.PLANNED): check_planned,
    (State.CALL, State.DRAFT): check_draft,
    (State.PLANNED, State.CALL): check_call_again,
    (State.PLANNED, State.RUNNING): check_running,
    (State.RUNNING, State.CLOSED): check_closed,
}


def follow_the_calendar(*, now: datetime) -> int:
    """Fairs whose first day has come are running, those whose last hour is over are closed.

    Returns how many steps were taken; what somebody else moved meanwhile is left to them.
    """
    day = timezone.localdate(now)
    begun = Fair.objects.filter(state=State.PLANNED, begins_on__lte=day)
    keys = list(begun.order_by("pk").values_list("pk", flat=True))
    steps = sum(step_by_calendar(pk, State.RUNNING, now) for pk in keys)
    running = Fair.objects.filter(state=State.RUNNING, ends_on__lte=day).order_by("pk")
    over = [fair.pk for fair in running if last_closing(fair) <= now]
    return steps + sum(step_by_calendar(pk, State.CLOSED, now) for pk in over)


def step_by_calendar(fair_id: int, to: State, now: datetime) -> int:
    try:
        move_fair(fair_id=fair_id, to=to, by=None, now=now)
    except FairRefused:
        return 0
    return 1
