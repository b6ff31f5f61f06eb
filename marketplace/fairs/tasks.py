"""What the worker does for visitors: a free seat finds its owner, and data are forgotten."""

from celery import shared_task
from django.utils import timezone

from marketplace.fairs.services import erasing, seats


@shared_task
def move_up_waiting() -> None:
    seats.move_up_waiting(now=timezone.now())


@shared_task
def erase_visitors() -> None:
    erasing.erase_visitors(now=timezone.now())
