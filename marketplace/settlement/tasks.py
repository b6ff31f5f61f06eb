"""Settlement in the worker."""

from celery import shared_task
from django.utils import timezone

from marketplace.settlement.services import statements


@shared_task
def close_months() -> None:
    """Often enough that a first of the month on which nothing ran is made good that day."""
    statements.close_months(now=timezone.now())
