"""The only door to Stripe: yuan and our words inside, fen and Stripe's words outside.

Every call may raise GatewayDown (nothing is known about the outcome: ask again, with the same
idempotency key where there is one) or GatewayRefused (Stripe understood and said no). No call
belongs inside a database transaction: the worst case waits about half a minute, and a list as
long for each of its pages.

Callers say `gateway.create_intent(...)`: what they call is looked up here.
"""

from marketplace.payment.gateway.connection import make_client
from marketplace.payment.gateway.errors import (
    ForgedEvent,
    GatewayDown,
    GatewayError,
    GatewayRefused,
)
from marketplace.payment.gateway.intents import (
    CURRENCY,
    METHODS,
    Method,
    cancel_intent,
    confirm_redirect,
    create_intent,
    fetch_intent,
    fetch_method,
)
from marketplace.payment.gateway.lists import list_events, list_intents, list_refunds
from marketplace.payment.gateway.objects import Event, Intent, Refund, to_refund
from marketplace.payment.gateway.refunds import create_refund, fetch_refund
from marketplace.payment.gateway.signatures import parse_event

__all__ = [
    "CURRENCY",
    "METHODS",
    "Event",
    "ForgedEvent",
    "GatewayDown",
    "GatewayError",
    "GatewayRefused",
    "Intent",
    "Method",
    "Refund",
    "cancel_intent",
    "confirm_redirect",
    "create_intent",
    "create_refund",
    "fetch_intent",
    "fetch_method",
    "fetch_refund",
    "list_events",
    "list_intents",
    "list_refunds",
    "make_client",
    "parse_event",
    "to_refund",
]
