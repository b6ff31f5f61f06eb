"""Keeping Stripe's messages: verified, whole and once; a task handles them afterwards."""

from django.db import transaction

from marketplace.payment import gateway, tasks
from marketplace.payment.events import keep_event
from marketplace.payment.models import StripeEvent


@transaction.atomic
def receive_event(*, payload: bytes, signature: str) -> StripeEvent:
    """Keep the message and have it handled after the commit; raises ForgedEvent.

    Without a broker it is kept all the same, and handled when the beat next looks for what
    waits. A repeat of a message that nobody has handled yet is handed on again.
    """
    event, _ = keep_event(gateway.parse_event(payload, signature))
    if event.handled_at is None:
        transaction.on_commit(lambda: tasks.handle_event.delay(event.pk), robust=True)
    return event
