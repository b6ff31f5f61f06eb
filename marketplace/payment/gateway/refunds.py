"""Giving money back: whole or in parts, as often as anything is left of the payment."""

from decimal import Decimal

import stripe
from stripe.params import RefundCreateParams

from marketplace.payment.gateway.connection import client, refuse
from marketplace.payment.gateway.objects import Refund, to_fen, to_refund


def create_refund(
    *, intent_id: str, amount: Decimal, order_number: str, reference: str, idempotency_key: str
) -> Refund:
    """Give `amount` yuan of a paid intent back, the way it came.

    The same key and arguments return, for a day, the same refund as it was when it was made;
    fetch_refund tells what became of it, and after that day list_refunds finds it by its
    `reference`. A refusal may stay with its key too: to try again, another key. Nothing personal
    goes along: the order's number and our own `reference` are all the metadata.

    ValueError when the amount is not positive with at most two places; GatewayRefused when
    nothing is left ("charge_already_refunded"), less than that is left, or nothing was paid.
    The last two have no code that can be relied on.
    """
    params = refund_params(intent_id, amount, order_number, reference)
    try:
        made = client().v1.refunds.create(params, {"idempotency_key": idempotency_key})
    except stripe.StripeError as error:
        refuse(error)
    return to_refund(made.to_dict())


def fetch_refund(refund_id: str) -> Refund:
    """The refund as Stripe has it now."""
    try:
        return to_refund(client().v1.refunds.retrieve(refund_id).to_dict())
    except stripe.StripeError as error:
        refuse(error)


def refund_params(
    intent_id: str, amount: Decimal, order_number: str, reference: str
) -> RefundCreateParams:
    return {
        "payment_intent": intent_id,
        "amount": to_fen(amount),
        "reason": "requested_by_customer",
        "metadata": {"order": order_number, "refund": reference},
    }
