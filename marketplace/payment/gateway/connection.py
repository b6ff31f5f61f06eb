"""How Stripe is reached, and what its errors mean to us."""

from functools import lru_cache
from typing import NoReturn

import requests
import stripe
from django.conf import settings

from marketplace.payment.gateway.errors import GatewayDown, GatewayRefused

TIMEOUT = (5.0, 5.0)  # seconds: to connect, to wait for each answer
RETRIES = 2

# The library would else keep an identifier in the home folder and send it with our timings.
stripe.enable_telemetry = False


def refuse(error: stripe.StripeError) -> NoReturn:
    """Stripe's errors in ours. HTTP 409, the same key being answered just now, is "down" too; and
    so is a wrong API key: it says nothing about the payment, and is mended by setting it right."""
    retry = (
        *(stripe.APIConnectionError, stripe.APIError, stripe.RateLimitError),
        *(stripe.AuthenticationError, stripe.PermissionError),
    )
    if isinstance(error, retry):
        raise GatewayDown(str(error)) from error
    body = error.json_body if isinstance(error.json_body, dict) else {}
    details = body.get("error") or {}
    code = details.get("decline_code") or details.get("code") or details.get("type") or ""
    raise GatewayRefused(str(error), code) from error


def client() -> stripe.StripeClient:
    return make_client(
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.STRIPE_ACCOUNT
    )


@lru_cache(maxsize=8)
def make_client(key: str, base: str, account: str) -> stripe.StripeClient:
    """Kept for its connections. A base of our own is on this machine: never through a proxy."""
    session = None
    if base:
        session = requests.Session()
        session.trust_env = False
    return stripe.StripeClient(
        key,
        stripe_account=account or None,
        base_addresses={"api": base} if base else None,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT, session=session),
    )
