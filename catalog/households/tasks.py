"""What the worker does for the register, by the clock."""

from celery import shared_task
from django.utils import timezone

from catalog.households.services import erase_due


@shared_task
def erase_what_is_due() -> None:
    erase_due(now=timezone.now())
