"""What the worker does about parcels: a warning before they are late, and their quiet end."""

from celery import shared_task
from django.utils import timezone

from marketplace.order.services import late, shipping


@shared_task
def warn_of_late() -> None:
    late.warn_of_late(now=timezone.now())


@shared_task
def end_what_was_sent() -> None:
    now = timezone.now()
    shipping.complete_due(now=now)
    shipping.deliver_due(now=now)
