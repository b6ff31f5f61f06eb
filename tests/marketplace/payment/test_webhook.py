"""Stripe's messages: forged, repeated, late, unknown."""

import json
import time

import pytest
import stripe
from django.test import Client
from django.utils import timezone

from marketplace.order.models import Consignment, ConsignmentStep
from marketplace.payment import gateway, tasks
from marketplace.payment.events import PATIENCE, handle_event
from marketplace.payment.gateway import GatewayDown
from marketplace.payment.models import Payment, StripeEvent
from marketplace.payment.services import settle, start_payment
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.demo.stripe_process import SECRET

pytestmark = pytest.mark.django_db
HOOK = "/webhooks/stripe/"


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    gateway.make_client.cache_clear()


@pytest.fixture
def paid_intent(stripe_server):
    """An order whose buyer has paid, and of whose money we do not know yet."""
    order = order_for(ProductFactory(packs=[("358.00", 9, 1000)]))
    page = start_payment(order=order, method="alipay", return_url="http://shop.test/back", now=NOW)
    stripe_server.choose(page, "succeed")
    return Payment.objects.get().intent_id


@pytest.fixture
def deliver(django_capture_on_commit_callbacks):
    """Sends a message as Stripe does; the worker runs at once."""

    def send(event: dict, secret: str = SECRET, at: float | None = None, **changes):
        body = json.dumps(event).encode()
        moment = int(at or time.time())
        signature = stripe.WebhookSignature._compute_signature(f"{moment}.{body.decode()}", secret)
        headers = {"Stripe-Signature": f"t={moment},v1={signature}"} | changes
        with django_capture_on_commit_callbacks(execute=True):
            return Client(enforce_csrf_checks=True).post(
                HOOK, body, content_type="application/json", headers=headers
            )

    return send


def event_about(intent_id, kind="payment_intent.succeeded", event_id="evt_1", **more):
    intent = gateway.connection.client().v1.payment_intents.retrieve(intent_id).to_dict()
    return {
        "id": event_id,
        "object": "event",
        "type": kind,
        "created": int(time.time()),
        "data": {"object": intent},
    } | more


def states():
    return set(Consignment.objects.values_list("state", flat=True))


def test_a_signed_message_settles_the_order(paid_intent, deliver):
    assert deliver(event_about(paid_intent)).status_code == 200
    assert states() == {"paid"}
    event = StripeEvent.objects.get()
    assert (event.event_id, event.kind) == ("evt_1", "payment_intent.succeeded")
    assert event.payload["data"]["object"]["id"] == paid_intent
    assert event.handled_at is not None


def test_a_forged_message_leaves_no_trace(paid_intent, deliver):
    event = event_about(paid_intent)
    forgeries = [
        deliver(event, secret="whsec_wrong"),
        deliver(event, at=time.time() - 3600),
        deliver(event, **{"Stripe-Signature": ""}),
        deliver(event, **{"Stripe-Signature": "t=1,v1=no"}),
        Client().post(HOOK, b"\xff\xfe", content_type="application/json"),
    ]
    assert [answer.status_code for answer in forgeries] == [400] * 5
    assert not StripeEvent.objects.exists()
    assert states() == {"awaiting_payment"}


def test_a_message_is_only_a_hint_the_money_is_asked_for(stripe_server, deliver):
    order = order_for()
    start_payment(order=order, method="alipay", return_url="http://shop.test/back", now=NOW)
    assert deliver(event_about(Payment.objects.get().intent_id)).status_code == 200
    assert states() == {"awaiting_payment"}


def test_a_repeated_message_is_kept_and_handled_once(paid_intent, deliver):
    for _ in range(3):
        assert deliver(event_about(paid_intent)).status_code == 200
    assert StripeEvent.objects.count() == 1
    assert ConsignmentStep.objects.count() == 2


def test_a_message_that_comes_after_the_return_page_changes_nothing(paid_intent, deliver):
    settle(payment_id=Payment.objects.get().pk, now=NOW)
    assert deliver(event_about(paid_intent)).status_code == 200
    assert Payment.objects.get().settled_at == NOW
    assert ConsignmentStep.objects.count() == 2


def test_unknown_kinds_and_unknown_intents_are_kept_and_left_alone(paid_intent, deliver):
    event = event_about(paid_intent)
    event["data"]["object"]["id"] = "pi_nobody"
    assert deliver(event).status_code == 200
    other = {**event_about(paid_intent, kind="customer.created", event_id="evt_2")}
    assert deliver(other).status_code == 200
    assert StripeEvent.objects.filter(handled_at__isnull=False).count() == 2
    assert states() == {"awaiting_payment"}


def test_a_message_about_another_account_is_kept_and_left_alone(paid_intent, deliver):
    assert deliver(event_about(paid_intent, account="acct_other")).status_code == 200
    assert StripeEvent.objects.get().handled_at is not None
    assert states() == {"awaiting_payment"}


def test_a_message_that_the_worker_lost_is_handled_when_stripe_repeats_it(
    paid_intent, deliver, monkeypatch
):
    monkeypatch.setattr(tasks.handle_event, "delay", lambda _: None)
    deliver(event_about(paid_intent))
    assert StripeEvent.objects.get().handled_at is None
    monkeypatch.undo()
    deliver(event_about(paid_intent))
    assert states() == {"paid"}


def test_a_dead_broker_costs_no_message(paid_intent, deliver, dead_broker, caplog):
    assert deliver(event_about(paid_intent)).status_code == 200
    assert "Error calling receive_event" in caplog.text
    assert StripeEvent.objects.get().handled_at is None
    StripeEvent.objects.update(received_at=timezone.now() - PATIENCE)
    tasks.handle_waiting()
    assert states() == {"paid"}


def test_while_the_payment_service_is_down_a_message_stays_unhandled(
    paid_intent, deliver, stripe_server
):
    event = StripeEvent.objects.create(
        event_id="evt_1", kind="payment_intent.succeeded", payload=event_about(paid_intent)
    )
    stripe_server.switch(down=True)
    with pytest.raises(GatewayDown):
        handle_event(event_pk=event.pk, now=NOW)
    event.refresh_from_db()
    assert event.handled_at is None
    stripe_server.switch(down=False)
    handle_event(event_pk=event.pk, now=NOW)
    assert states() == {"paid"}


def test_only_posts_are_messages(client):
    assert client.get(HOOK).status_code == 405
