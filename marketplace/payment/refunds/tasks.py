"""Refunds in the worker."""

from celery import shared_task
from django.utils import timezone

from marketplace.payment.gateway import GatewayDown
from marketplace.payment.refunds import sending


@shared_task
def send_refund(refund_id: int) -> None:
    """Once; while Stripe is down the timetable tries again."""
    try:
        sending.send_refund(refund_id=refund_id, now=timezone.now())
    except GatewayDown as problem:
        sending.log.warning("Refund %s waits: %s", refund_id, problem)


@shared_task
def send_due() -> None:
    sending.send_due(now=timezone.now())
