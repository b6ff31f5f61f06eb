"""Stripe's messages: kept once, then acted on. They are only hints: Stripe is asked."""

import logging
from datetime import datetime, timedelta

from django.conf import settings

from marketplace.payment import gateway
from marketplace.payment.gateway import GatewayDown, GatewayRefused
from marketplace.payment.models import Payment, StripeEvent
from marketplace.payment.refunds import hear_of_refund
from marketplace.payment.services import settle

log = logging.getLogger(__name__)
SUCCEEDED = "payment_intent.succeeded"
REFUNDS = ("refund.created", "refund.updated", "refund.failed")
PATIENCE = timedelta(minutes=1)
LONGEST = timedelta(days=3)
AT_MOST = 200


def keep_event(told: gateway.Event) -> tuple[StripeEvent, bool]:
    """Keep what Stripe told, once; whether it is new to us."""
    about = {"kind": told.type, "payload": told.payload}
    return StripeEvent.objects.get_or_create(event_id=told.id, defaults=about)


def handle_event(*, event_pk: int, now: datetime) -> None:
    """Act on the message once; kinds that we do not know are kept and left alone.

    Raises GatewayDown with the message unhandled, to be tried again.
    """
    event = StripeEvent.objects.get(pk=event_pk)
    if event.handled_at is not None:
        return
    if is_ours(event):
        act_on(event, now)
    StripeEvent.objects.filter(pk=event_pk).update(handled_at=now)


def act_on(event: StripeEvent, now: datetime) -> None:
    thing = event.payload["data"]["object"]
    if event.kind == SUCCEEDED:
        for payment in Payment.objects.filter(intent_id=thing["id"]):
            settle(payment_id=payment.pk, now=now)
    elif event.kind in REFUNDS:
        hear_of_refund(told=gateway.to_refund(thing), now=now)


def is_ours(event: StripeEvent) -> bool:
    """Whether it is about our account, not one that merely shares the platform."""
    return event.payload.get("account", "") in ("", None, settings.STRIPE_ACCOUNT)


def handle_waiting(*, now: datetime) -> None:
    """Handle what no worker has handled within a minute, oldest first: its task was lost.

    One that is refused stays for the next round, for three days as Stripe's own repeats. While
    the gateway is down the round ends: the others would only wait for it too.
    """
    waiting = StripeEvent.objects.filter(
        handled_at=None, received_at__gt=now - LONGEST, received_at__lte=now - PATIENCE
    )
    for event in waiting.order_by("received_at", "pk")[:AT_MOST]:
        try:
            handle_event(event_pk=event.pk, now=now)
        except GatewayDown:
            return
        except GatewayRefused as refusal:
            log.error("Stripe event %s was not handled: %s", event.event_id, refusal)
