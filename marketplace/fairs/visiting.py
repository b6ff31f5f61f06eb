"""When a fair takes visitors, and on which days its doors are read at."""

from datetime import date, datetime, timedelta

from marketplace.fairs.models.fair import Fair
from marketplace.fairs.phases import Phase, last_closing, phase_of

TAKES_VISITORS = (Fair.State.PLANNED, Fair.State.RUNNING)
# What the consent of a visitor promises: personal data goes this long after the last day.
KEPT_FOR = timedelta(days=30)


def takes_visitors(fair: Fair, now: datetime) -> bool:
    """Planned or running, and not over yet."""
    return fair.state in TAKES_VISITORS and now < last_closing(fair)


def is_on(fair: Fair, day: date) -> bool:
    """Whether tickets are read that day. An organiser who forgot to say that the fair is running
    keeps nobody out."""
    return fair.state in TAKES_VISITORS and fair.begins_on <= day <= fair.ends_on


def is_past(fair: Fair, now: datetime) -> bool:
    """Over by the clock, or closed by its organiser."""
    return phase_of(fair, now) == Phase.OVER
