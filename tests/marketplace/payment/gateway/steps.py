"""Payments as the shop asks for them."""

from dataclasses import replace
from decimal import Decimal

from marketplace.payment import gateway

BACK = "http://shop.test/return"


def create(key="key", amount=Decimal("366.00")):
    return gateway.create_intent(
        amount=amount, order_number="20261123-7", description="阴山集 7", idempotency_key=key
    )


def redirect(intent, method="alipay"):
    return gateway.confirm_redirect(intent_id=intent.id, method=method, return_url=BACK)


def refund(intent, amount, key, reference="R1"):
    return gateway.create_refund(
        intent_id=intent.id,
        amount=Decimal(amount),
        order_number="20261123-7",
        reference=reference,
        idempotency_key=key,
    )


def pay(stripe_server, key, method="card"):
    """A new intent, paid."""
    intent = create(key)
    stripe_server.choose(redirect(intent, method), "succeed")
    return gateway.fetch_intent(intent.id)


def paid(intent):
    """What becomes of it when the person pays; the charge is new."""
    charge_id = gateway.fetch_intent(intent.id).charge_id
    assert charge_id.startswith("ch_")
    return replace(intent, status="succeeded", charge_id=charge_id)
