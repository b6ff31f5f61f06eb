"""When a fair takes visitors, and on which days its doors are read at."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from marketplace.fairs.models import Fair, Session
from marketplace.fairs.phases import Phase, last_closing, phase_of

TAKES_VISITORS = (Fair.State.PLANNED, Fair.State.RUNNING)
# What the consent of a visitor promises: personal data goes this long after the last day.
KEPT_FOR = timedelta(days=30)


class SignUp(StrEnum):
    """How a visitor who wants to come finds the sign-up."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    FULL = "full"
    OVER = "over"


def takes_visitors(fair: Fair, now: datetime) -> bool:
    """Planned or running, and not over yet."""
    return fair.state in TAKES_VISITORS and now < last_closing(fair)


def sign_up_of(fair: Fair, sessions: Iterable[Session], now: datetime) -> SignUp:
    """`sessions` are the fair's. Full is a fair whose every coming day is: one may still wait."""
    if is_past(fair, now):
        return SignUp.OVER
    if not takes_visitors(fair, now):
        return SignUp.NOT_OPEN
    days = [session for session in sessions if session.is_entry]
    coming = [day for day in days if day.ends_at > now]
    if not coming:
        return SignUp.OVER if days else SignUp.NOT_OPEN
    return SignUp.FULL if all(day.is_full for day in coming) else SignUp.OPEN


def is_on(fair: Fair, day: date) -> bool:
    """Whether tickets are read that day. An organiser who forgot to say that the fair is running
    keeps nobody out."""
    return fair.state in TAKES_VISITORS and fair.begins_on <= day <= fair.ends_on


def is_past(fair: Fair, now: datetime) -> bool:
    """Over by the clock, or closed by its organiser."""
    return phase_of(fair, now) == Phase.OVER
