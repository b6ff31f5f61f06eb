"""What the worker does at fairs by the clock."""

from celery import shared_task
from django.utils import timezone

from marketplace.fairs.services import booths, erasing, seats, states


@shared_task
def follow_the_calendar() -> None:
    """Fairs begin and end; booths that nobody confirmed in time are free again."""
    now = timezone.now()
    states.follow_the_calendar(now=now)
    booths.release_expired(now=now)


@shared_task
def move_up_waiting() -> None:
    """A free seat finds who waits for it."""
    seats.move_up_waiting(now=timezone.now())


@shared_task
def erase_visitors() -> None:
    erasing.erase_visitors(now=timezone.now())
