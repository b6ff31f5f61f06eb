"""Where a fair stands at a moment, as its visitors see it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from marketplace.fairs.models.fair import Fair

OVER = (Fair.State.CLOSED, Fair.State.REPORTED)


class Phase(StrEnum):
    PREPARING = "preparing"
    CALL = "call"
    COMING = "coming"
    TODAY = "today"
    OVER = "over"


@dataclass(frozen=True)
class Countdown:
    """Whole days, hours and minutes until `until`."""

    until: datetime
    days: int
    hours: int
    minutes: int


def phase_of(fair: Fair, now: datetime) -> Phase:
    """From the fair's state and the clock: a fair whose last day has ended is over, and a planned
    one whose days are on is today's, before anybody has said so. One that was never planned, for
    want of a permit perhaps, is not told to be open."""
    if fair.state in OVER or now >= last_closing(fair):
        return Phase.OVER
    has_begun = timezone.localdate(now) >= fair.begins_on
    if fair.state == Fair.State.DRAFT or (fair.state == Fair.State.CALL and has_begun):
        return Phase.PREPARING
    if has_begun:
        return Phase.TODAY
    if fair.state == Fair.State.CALL and now < fair.call_closes_at:
        return Phase.CALL
    return Phase.COMING


def hours_of(fair: Fair, day: date) -> tuple[time, time]:
    """When the fair opens and closes that day."""
    closes = fair.last_closes_at if day == fair.ends_on and fair.last_closes_at else fair.closes_at
    return fair.opens_at, closes


def first_opening(fair: Fair) -> datetime:
    return timezone.make_aware(datetime.combine(fair.begins_on, fair.opens_at))


def last_closing(fair: Fair) -> datetime:
    _opens, closes = hours_of(fair, fair.ends_on)
    return timezone.make_aware(datetime.combine(fair.ends_on, closes))


def is_open(fair: Fair, now: datetime) -> bool:
    """Whether its doors are open just now."""
    day = timezone.localdate(now)
    opens, closes = hours_of(fair, day)
    within = opens <= timezone.localtime(now).time() < closes
    return phase_of(fair, now) == Phase.TODAY and within


def countdown_to(until: datetime, now: datetime) -> Countdown | None:
    """None once it has come."""
    if until <= now:
        return None
    minutes = (until - now) // timedelta(minutes=1)
    days, rest = divmod(minutes, 24 * 60)
    return Countdown(until, days, *divmod(rest, 60))


def days_of(fair: Fair) -> list[date]:
    count = (fair.ends_on - fair.begins_on).days + 1
    return [fair.begins_on + timedelta(days=number) for number in range(count)]
