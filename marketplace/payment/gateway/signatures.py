"""Webhooks: a body is believed only with a signature by one of our secrets."""

import stripe
from django.conf import settings

from marketplace.payment.gateway.errors import ForgedEvent
from marketplace.payment.gateway.objects import Event, to_event

TOLERANCE = 300  # seconds that a webhook's signature stays good


def parse_event(payload: bytes, signature: str) -> Event:
    """The notice in a webhook's raw body, if any of our secrets signed it; else ForgedEvent."""
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        if signed_with(secret, payload, signature):
            return to_event(payload)
    raise ForgedEvent("No secret of ours signed this.")


def signed_with(secret: str, payload: bytes, signature: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(payload, signature, secret, TOLERANCE)
    except (stripe.SignatureVerificationError, TypeError, ValueError):
        return False  # a header or body that is not even text is a forgery too
    return True
