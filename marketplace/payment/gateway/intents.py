"""Asking for money: one PaymentIntent per order."""

from decimal import Decimal
from typing import Any, Literal

import stripe
from stripe.params import (
    PaymentIntentCancelParams,
    PaymentIntentConfirmParams,
    PaymentIntentCreateParams,
)

from marketplace.payment.gateway.connection import client, refuse
from marketplace.payment.gateway.objects import Intent, to_fen, to_intent

Method = Literal["card", "alipay", "wechat_pay"]
METHODS: tuple[Method, ...] = ("card", "alipay", "wechat_pay")
CURRENCY = "cny"
UNEXPECTED_STATE = "payment_intent_unexpected_state"
CANCELLATION: PaymentIntentCancelParams = {"cancellation_reason": "abandoned"}


def create_intent(
    *, amount: Decimal, order_number: str, description: str, idempotency_key: str
) -> Intent:
    """Ask for `amount` yuan. The same key and arguments return, for a day, the same intent as it
    was when it was made; fetch_intent tells what became of it.

    Nothing personal goes along: the order number is all the metadata. ValueError when the
    amount is not positive with at most two places.
    """
    params = creation_params(amount, order_number, description)
    service = client().v1.payment_intents
    try:
        made = service.create(params, {"idempotency_key": idempotency_key})
    except stripe.StripeError as error:
        refuse(error)
    return to_intent(made.to_dict())


def confirm_redirect(*, intent_id: str, method: Method, return_url: str) -> str:
    """The address of the page where the person pays; they come back to `return_url`.

    An intent that waits there already may be confirmed again, also with another method; one
    that is paid or cancelled leads straight to `return_url`, where the shop asks what it is.
    Alipay and WeChat Pay work so with real keys too. A card does so at the demonstration
    server only: with real keys Payment Element takes its number in the browser instead.
    """
    service = client().v1.payment_intents
    try:
        confirmed = service.confirm(intent_id, confirmation_params(method, return_url))
    except stripe.StripeError as error:
        if error.code != UNEXPECTED_STATE:
            refuse(error)
        return return_url
    return redirect_of(confirmed.to_dict()) or return_url


def fetch_intent(intent_id: str) -> Intent:
    """The intent as Stripe has it now."""
    try:
        return to_intent(client().v1.payment_intents.retrieve(intent_id).to_dict())
    except stripe.StripeError as error:
        refuse(error)


def fetch_method(charge_id: str) -> str:
    """By what a charge was really paid: "card", "alipay" or "wechat_pay"."""
    try:
        charge = client().v1.charges.retrieve(charge_id).to_dict()
    except stripe.StripeError as error:
        refuse(error)
    return (charge.get("payment_method_details") or {}).get("type") or ""


def cancel_intent(intent_id: str) -> Intent:
    """The intent afterwards: "canceled", or what it is when it can no longer be cancelled.

    So a caller who finds "succeeded" or "processing" knows that the money was faster.
    """
    try:
        return to_intent(client().v1.payment_intents.cancel(intent_id, CANCELLATION).to_dict())
    except stripe.StripeError as error:
        if error.code != UNEXPECTED_STATE:
            refuse(error)
    return fetch_intent(intent_id)


def creation_params(
    amount: Decimal, order_number: str, description: str
) -> PaymentIntentCreateParams:
    return {
        "amount": to_fen(amount),
        "currency": CURRENCY,
        "allowed_payment_method_types": list(METHODS),
        "description": description,
        "metadata": {"order": order_number},
    }


def confirmation_params(method: Method, return_url: str) -> PaymentIntentConfirmParams:
    params: PaymentIntentConfirmParams = {
        "payment_method_data": {"type": method},
        "return_url": return_url,
    }
    if method == "wechat_pay":
        params["payment_method_options"] = {"wechat_pay": {"client": "web"}}
    return params


def redirect_of(intent: dict[str, Any]) -> str:
    """Each method has its own name for the page; "" when there is nowhere to go."""
    action = intent.get("next_action") or {}
    details = action.get(action.get("type", ""), {})
    return details.get("url") or details.get("hosted_instructions_url") or ""
