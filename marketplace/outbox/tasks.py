"""Sending messages in the worker."""

from celery import shared_task
from django.utils import timezone

from marketplace.outbox.sending import send_due, send_now


@shared_task
def send_message(message_id: int) -> None:
    send_now(message_id=message_id, now=timezone.now())


@shared_task
def send_waiting() -> None:
    send_due(now=timezone.now())
