"""Unpaid orders: expired after half an hour or cancelled before, exactly once, never unpaid for."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from marketplace.ledger.models import Entry
from marketplace.order.models import Consignment, Order
from marketplace.order.services import mark_paid
from marketplace.outbox.models import Message
from marketplace.payment import expiry, gateway
from marketplace.payment.expiry import (
    PaymentUnderWay,
    expire_due,
)
from marketplace.payment.gateway import GatewayDown
from marketplace.payment.models import Payment, Refund
from marketplace.payment.services import NotPayable, Outcome, settle, start_payment
from marketplace.payment.tasks import expire_orders
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for, stock
from tests.marketplace.payment.expiry.steps import (
    BACK,
    BEFORE_END,
    END,
    assert_given_up,
    assert_still_held,
    cancel,
    expire,
    mails,
    states,
)

pytestmark = pytest.mark.django_db


def test_an_order_that_never_went_to_pay_expires_calling_nobody(order, product, nobody_is_called):
    assert expire(order)
    assert_given_up("expired", product)


def test_before_its_time_nothing_expires(order, product, nobody_is_called):
    assert not expire(order, BEFORE_END)
    assert expire_due(now=BEFORE_END) == 0
    assert_still_held(product)


def test_it_expires_once(order, product, nobody_is_called):
    assert expire(order)
    assert not expire(order, END + timedelta(minutes=1))
    assert expire_due(now=END + timedelta(minutes=1)) == 0
    assert_given_up("expired", product)


def test_an_order_with_an_intent_expires_after_the_intent_is_cancelled(order, product, page):
    assert expire(order)
    assert_given_up("expired", product)
    assert gateway.fetch_intent(Payment.objects.get().intent_id).status == "canceled"


def test_money_that_was_faster_makes_the_order_paid(order, product, page, stripe_server):
    stripe_server.choose(page, "succeed")
    assert not expire(order)
    assert states() == {"paid"}
    assert Payment.objects.get().state == "succeeded"
    assert stock(product).num_allocated == 3
    assert (mails("order_paid"), mails("order_expired")) == (1, 0)


def test_while_the_gateway_is_down_the_goods_stay_held_and_it_is_tried_again(
    order, product, page, stripe_server
):
    stripe_server.switch(down=True)
    with pytest.raises(GatewayDown):
        expire(order)
    assert expire_due(now=END) == 0
    assert_still_held(product)
    stripe_server.switch(down=False)
    assert expire_due(now=END) == 1
    assert_given_up("expired", product)


def test_a_payment_that_is_being_made_keeps_the_goods(order, product, page, monkeypatch):
    intent = gateway.fetch_intent(Payment.objects.get().intent_id)
    monkeypatch.setattr(gateway, "cancel_intent", lambda _: intent)
    assert not expire(order)
    with pytest.raises(PaymentUnderWay):
        cancel(order)
    assert_still_held(product)


def test_an_intent_that_was_made_in_between_keeps_the_goods(order, product, monkeypatch):
    Payment.objects.create(order=order, amount=order.total_incl_tax)
    close = expiry.close_intent

    def close_and_be_overtaken(order_id, now):
        closed = close(order_id, now)
        Payment.objects.update(intent_id="pi_new")
        return closed

    monkeypatch.setattr(expiry, "close_intent", close_and_be_overtaken)
    assert not expire(order)
    assert_still_held(product)


def test_the_worker_and_the_command_expire_what_is_due(time_machine, capsys):
    order_for()
    time_machine.move_to(END, tick=False)
    order_for()
    expire_orders.delay()
    assert list(Order.objects.overdue(END)) == []
    assert states() == {"expired"}
    call_command("expire_orders")
    assert capsys.readouterr().out == "0 orders expired.\n"


def test_one_order_that_cannot_be_closed_does_not_hold_the_others(monkeypatch):
    first, second = order_for(), order_for()
    for number, order in enumerate((first, second)):
        Payment.objects.create(order=order, amount=order.total_incl_tax, intent_id=f"pi_{number}")

    def cancel_intent(intent_id):
        if intent_id == "pi_0":
            raise gateway.GatewayRefused("No such intent")
        return gateway.Intent(intent_id, "canceled", second.total_incl_tax, "cny", "", {}, "")

    monkeypatch.setattr(gateway, "cancel_intent", cancel_intent)
    assert expire_due(now=END) == 1
    assert first.consignments.get().state == "awaiting_payment"
    assert second.consignments.get().state == "expired"


def test_an_overdue_order_refuses_payment_calling_nobody(order, product, nobody_is_called):
    with pytest.raises(NotPayable):
        start_payment(order=order, method="alipay", return_url=BACK, now=END)
    assert_still_held(product)
    assert not Payment.objects.exists()


def test_until_the_last_second_it_can_be_paid(order, stripe_server):
    assert start_payment(order=order, method="alipay", return_url=BACK, now=BEFORE_END)


def test_an_order_given_up_while_its_intent_is_made_cannot_be_paid(
    order, product, stripe_server, monkeypatch
):
    create, made = gateway.create_intent, []

    def create_late(**asked):
        made.append(create(**asked))
        cancel(order)
        return made[0]

    monkeypatch.setattr(gateway, "create_intent", create_late)
    with pytest.raises(NotPayable):
        start_payment(order=order, method="alipay", return_url=BACK, now=NOW)
    assert_given_up("cancelled", product)
    assert gateway.fetch_intent(made[0].id).status == "canceled"


@pytest.mark.parametrize("noted", ["cancelled", "waiting"])
def test_money_for_goods_that_were_given_up_goes_back_by_itself(
    order, page, stripe_server, noted, django_capture_on_commit_callbacks
):
    stripe_server.choose(page, "succeed", method="card")
    Payment.objects.update(state=noted)
    Consignment.objects.update(state="expired")
    payment = Payment.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        outcomes = [settle(payment_id=payment.pk, now=END) for _ in range(2)]
    assert outcomes == [Outcome.LATE, Outcome.LATE]
    payment.refresh_from_db()
    assert (payment.state, payment.settled_at, states()) == ("late", END, {"expired"})
    refund = Refund.objects.get()
    assert (refund.amount, refund.kind, refund.state) == (payment.amount, "late", "succeeded")
    assert gateway.fetch_refund(refund.stripe_id).amount == order.total_incl_tax
    assert [mails(kind) for kind in ("order_paid:", "order_paid_late", "order_refunded")] == [
        0,
        1,
        1,
    ]
    assert set(Entry.objects.about(order.number).balances().values()) == {0}


def test_settling_an_expired_order_without_money_says_that_it_is_closed(order, page):
    expire(order)
    assert settle(payment_id=Payment.objects.get().pk, now=END) == Outcome.CLOSED


def test_the_mail_is_in_the_language_of_the_order(order):
    Order.objects.update(language="en")
    expire(order)
    message = Message.objects.get(event=f"order_expired:{order.number}")
    assert message.subject == f"Expired: your order {order.number} at Yinshan Market"
    assert "was not paid in time" in message.body
    assert f"/en/shop/orders/{order.number}:" in message.body


def test_a_paid_order_never_expires(order):
    mark_paid(order=order, now=NOW)
    assert not expire(order, END + timedelta(days=3))
    assert states() == {"paid"}


@pytest.mark.parametrize("parcels", [1, 3])
def test_expiring_costs_the_same_for_any_length(parcels, django_assert_num_queries):
    kinds = ["ambient", "chilled", "frozen"][:parcels]
    order = order_for(*(ProductFactory(storage=kind) for kind in kinds))
    with django_assert_num_queries(30):
        assert expire(order)
