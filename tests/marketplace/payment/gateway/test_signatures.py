"""Webhooks are believed when one of our secrets signed them, and then read whole."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import stripe

from marketplace.payment import gateway
from marketplace.payment.gateway import ForgedEvent
from tests.marketplace.demo.stripe_process import SECRET
from tests.marketplace.payment.gateway.steps import pay, refund


def signed(event, secret=SECRET, at=None):
    payload = json.dumps(event)
    return payload.encode(), stripe.WebhookSignature.generate_signature_header(payload, secret, at)


def notice(kind, thing, **more):
    event = {"id": "evt_1", "object": "event", "type": kind, "created": 1795474665}
    return {**event, "data": {"object": thing}, **more}


def last_event(kind):
    """The server's own words about what happened just now."""
    return (
        gateway.connection.client().v1.events.list({"limit": 1, "types": [kind]}).data[0].to_dict()
    )


def test_an_event_of_ours_is_read_whole(stripe_server):
    intent = pay(stripe_server, "read")
    raw = last_event("payment_intent.succeeded")
    event = gateway.parse_event(*signed(raw))
    assert (event.id, event.type, event.account) == (raw["id"], "payment_intent.succeeded", "")
    assert event.created == datetime.fromtimestamp(raw["created"], tz=UTC)
    assert (event.intent, event.refund) == (intent, None)
    assert event.payload == raw


def test_an_event_about_a_refund_carries_it(stripe_server):
    made = refund(pay(stripe_server, "to refund"), "66.00", "one event")
    event = gateway.parse_event(*signed(last_event("refund.created")))
    assert (event.intent, event.refund) == (None, made)


def test_a_received_amount_counts_more_than_the_asked_one(stripe_server):
    pay(stripe_server, "received")
    raw = last_event("payment_intent.succeeded")
    raw["data"]["object"]["amount_received"] = 1
    assert gateway.parse_event(*signed(raw)).intent.amount == Decimal("0.01")


def test_other_things_and_other_accounts_are_told_apart(stripe_server):
    charge = {"object": "charge", "id": "ch_1"}
    event = gateway.parse_event(*signed(notice("charge.refunded", charge, account="acct_9")))
    assert (event.intent, event.refund, event.account) == (None, None, "acct_9")


def test_any_of_the_rotating_secrets_may_have_signed(stripe_server, settings):
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_new", SECRET]
    event = notice("charge.refunded", {"object": "charge"})
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        assert gateway.parse_event(*signed(event, secret)).id == "evt_1"


FORGERIES = {
    "another secret": lambda: signed(notice("charge.refunded", {}), "whsec_other"),
    "too old": lambda: signed(notice("charge.refunded", {}), at=1_000_000_000),
    "changed": lambda: (b" " + signed(CHARGE)[0], signed(CHARGE)[1]),
    "unsigned": lambda: (b"{}", ""),
    "no hexadecimal": lambda: (b"{}", "t=1,v1=\xe9"),
    "no text": lambda: (b"\xff\xfe", "t=1795474665,v1=00"),
    "a list": lambda: signed([]),
    "no kind": lambda: signed({"id": "evt_1", "object": "event"}),
    "no intent": lambda: signed(notice("payment_intent.succeeded", {"object": "payment_intent"})),
    "no refund": lambda: signed(notice("refund.updated", {"object": "refund"})),
    "a word": lambda: signed("text"),
}
CHARGE = notice("charge.refunded", {})


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_refused_whatever_it_is(stripe_server, forgery):
    payload, signature = FORGERIES[forgery]()
    with pytest.raises(ForgedEvent):
        gateway.parse_event(payload, signature)
