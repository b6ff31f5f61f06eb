"""What Stripe remembers, newest first: for comparing its books with ours.

Each page of a hundred is fetched only when it is reached, so GatewayDown and GatewayRefused come
out of the loop, also in its middle. `since` is aware; its second is included. What is made
while the list runs is not in it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import stripe
from stripe.params import EventListParams, PaymentIntentListParams, RefundListParams

from marketplace.payment.gateway.connection import client, refuse
from marketplace.payment.gateway.objects import (
    Event,
    Intent,
    Refund,
    read_event,
    to_intent,
    to_refund,
)

PAGE = 100  # the most that Stripe gives at once


def list_intents(*, since: datetime) -> Iterator[Intent]:
    """The intents made since then, whatever became of them."""
    for data in each(client().v1.payment_intents, intents_since(since)):
        yield to_intent(data)


def list_refunds(*, since: datetime, intent_id: str = "") -> Iterator[Refund]:
    """The refunds made since then, of one intent if that is given."""
    for data in each(client().v1.refunds, refunds_since(since, intent_id)):
        yield to_refund(data)


def list_events(*, since: datetime, kinds: Sequence[str] = ()) -> Iterator[Event]:
    """The notices since then, of these kinds (at most twenty) if any are given, delivered or not.

    Stripe keeps them for thirty days. Each is as a webhook would have brought it.
    """
    for data in each(client().v1.events, events_since(since, kinds)):
        yield read_event(data)


def each(service: Any, params: Any) -> Iterator[dict[str, Any]]:
    try:
        for thing in service.list(params).auto_paging_iter():
            yield thing.to_dict(for_json=True)
    except stripe.StripeError as error:
        refuse(error)


def intents_since(since: datetime) -> PaymentIntentListParams:
    return {"limit": PAGE, "created": {"gte": int(since.timestamp())}}


def refunds_since(since: datetime, intent_id: str) -> RefundListParams:
    params: RefundListParams = {"limit": PAGE, "created": {"gte": int(since.timestamp())}}
    if intent_id:
        params["payment_intent"] = intent_id
    return params


def events_since(since: datetime, kinds: Sequence[str]) -> EventListParams:
    params: EventListParams = {"limit": PAGE, "created": {"gte": int(since.timestamp())}}
    if kinds:
        params["types"] = list(kinds)
    return params
