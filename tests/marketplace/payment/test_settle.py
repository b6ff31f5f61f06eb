"""From the order to the money and back, against the demonstration payment server."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import stripe

from marketplace.order.models import Consignment, ConsignmentStep
from marketplace.outbox.models import Message
from marketplace.payment import gateway
from marketplace.payment.gateway import GatewayDown
from marketplace.payment.models import Payment
from marketplace.payment.services import NotPayable, Outcome, settle, start_payment
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for

pytestmark = pytest.mark.django_db
BACK = "http://shop.test/return"


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    gateway.make_client.cache_clear()


@pytest.fixture
def order():
    return order_for(ProductFactory(packs=[("358.00", 9, 1000)]), ProductFactory(storage="frozen"))


@pytest.fixture
def page(order, stripe_server):
    """Where the buyer pays."""
    return start_payment(order=order, method="alipay", return_url=BACK, now=NOW)


def settle_it(now=NOW):
    return settle(payment_id=Payment.objects.get().pk, now=now)


def assert_still_waiting(order):
    payment = Payment.objects.get(order=order)
    assert (payment.state, payment.settled_at) == ("waiting", None)
    assert set(Consignment.objects.values_list("state", flat=True)) == {"awaiting_payment"}
    assert ConsignmentStep.objects.count() == 2
    assert not Message.objects.filter(event__startswith="order_paid").exists()


def test_starting_asks_for_the_whole_order_and_leads_to_the_payment_page(
    order, page, stripe_server
):
    payment = Payment.objects.get(order=order)
    intent = gateway.fetch_intent(payment.intent_id)
    assert page.startswith(f"{stripe_server.base}/pay/{payment.intent_id}")
    assert payment.amount == intent.amount == order.total_incl_tax == Decimal("384.00")
    assert intent.metadata == {"order": order.number}
    assert payment.method == "alipay"


def test_starting_again_is_the_same_payment_and_intent_with_another_method(order, page):
    first = Payment.objects.get()
    start_payment(order=order, method="card", return_url=BACK, now=NOW)
    again = Payment.objects.get()
    assert (again.pk, again.intent_id, again.method) == (first.pk, first.intent_id, "card")


def test_an_intent_that_was_made_but_not_noted_is_found_again(order, page):
    noted = Payment.objects.get().intent_id
    Payment.objects.update(intent_id=None)
    start_payment(order=order, method="alipay", return_url=BACK, now=NOW)
    assert Payment.objects.get().intent_id == noted


def test_money_that_came_makes_the_order_paid_with_one_step_and_one_mail(
    order, page, stripe_server
):
    stripe_server.choose(page, "succeed")
    assert settle_it() == Outcome.PAID
    payment = Payment.objects.get()
    assert (payment.state, payment.settled_at) == ("succeeded", NOW)
    for consignment in order.consignments.all():
        steps = consignment.steps.order_by("pk").values_list("state", "at")
        assert list(steps) == [("awaiting_payment", NOW), ("paid", NOW)]
    assert Message.objects.get(event=f"order_paid:{order.number}").recipient == order.guest_email


def test_settling_again_changes_nothing_and_asks_nobody(order, page, stripe_server, monkeypatch):
    stripe_server.choose(page, "succeed")
    settle_it()
    monkeypatch.setattr(gateway, "fetch_intent", None)
    assert settle_it(NOW + timedelta(minutes=10)) == Outcome.PAID
    assert Payment.objects.get().settled_at == NOW
    assert ConsignmentStep.objects.count() == 4
    assert Message.objects.count() == 2


def test_before_the_buyer_has_paid_the_order_waits(order, page):
    assert settle_it() == Outcome.WAITING
    assert_still_waiting(order)


def test_a_payment_that_never_began_waits(order):
    Payment.objects.create(order=order, amount=order.total_incl_tax)
    assert settle_it() == Outcome.WAITING


def test_a_declined_payment_waits_and_can_be_paid_after_all(order, page, stripe_server):
    stripe_server.choose(page, "decline")
    assert settle_it() == Outcome.DECLINED
    assert_still_waiting(order)
    second = start_payment(order=order, method="card", return_url=BACK, now=NOW)
    stripe_server.choose(second, "succeed")
    assert settle_it() == Outcome.PAID


@pytest.mark.parametrize(
    "change",
    [
        {"amount": Decimal("391.99")},
        {"amount": Decimal("39200")},
        {"currency": "usd"},
        {"metadata": {"order": "YS20261123-ANDERE"}},
        {"id": "pi_other"},
    ],
)
def test_money_that_is_not_this_orders_does_not_pay_it(
    order, page, stripe_server, monkeypatch, change
):
    stripe_server.choose(page, "succeed")
    right = gateway.fetch_intent(Payment.objects.get().intent_id)
    monkeypatch.setattr(gateway, "fetch_intent", lambda _: replace(right, **change))
    assert settle_it() == Outcome.MISMATCH
    assert_still_waiting(order)


def test_while_the_payment_service_is_down_the_order_stays(order, stripe_server):
    stripe_server.switch(down=True)
    with pytest.raises(GatewayDown):
        start_payment(order=order, method="alipay", return_url=BACK, now=NOW)
    assert Payment.objects.get().intent_id is None
    stripe_server.switch(down=False)
    page = start_payment(order=order, method="alipay", return_url=BACK, now=NOW)
    stripe_server.switch(down=True)
    with pytest.raises(GatewayDown):
        settle_it()
    assert_still_waiting(order)
    stripe_server.switch(down=False)
    stripe_server.choose(page, "succeed")
    assert settle_it() == Outcome.PAID


def test_a_paid_order_is_not_paid_again(order, page, stripe_server):
    stripe_server.choose(page, "succeed")
    settle_it()
    with pytest.raises(NotPayable):
        start_payment(order=order, method="card", return_url=BACK, now=NOW)
