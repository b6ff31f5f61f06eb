"""What the worker does about payments: Stripe's messages, orders that were not paid, refunds."""

from celery import shared_task
from django.utils import timezone

from marketplace.payment import events, reconciliation
from marketplace.payment.expiry import expire_due
from marketplace.payment.gateway import GatewayDown
from marketplace.payment.refunds.tasks import send_due, send_refund

# Celery looks for tasks in this module.
__all__ = [
    "expire_orders",
    "handle_event",
    "handle_waiting",
    "reconcile_payments",
    "send_due",
    "send_refund",
]


@shared_task(autoretry_for=(GatewayDown,), retry_backoff=2, retry_backoff_max=600, max_retries=10)
def handle_event(event_pk: int) -> None:
    events.handle_event(event_pk=event_pk, now=timezone.now())


@shared_task
def handle_waiting() -> None:
    events.handle_waiting(now=timezone.now())


@shared_task
def expire_orders() -> None:
    expire_due(now=timezone.now())


@shared_task
def reconcile_payments() -> None:
    reconciliation.reconcile(now=timezone.now())
