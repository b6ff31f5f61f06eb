"""Orders given up while they are paid, cancelled or counted: one of the two, never both."""

import threading
from datetime import timedelta
from functools import partial

import pytest

from marketplace.order.models import Consignment, ConsignmentStep, Line, Order
from marketplace.order.refusals import TotalChanged
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.partner.refusals import OutOfStock, StockBelowAllocated
from marketplace.partner.services import set_stock
from marketplace.payment import gateway
from marketplace.payment.expiry import (
    AlreadyPaid,
    PaymentUnderWay,
    cancel_order,
    expire_due,
    expire_order,
)
from marketplace.payment.models import Payment
from marketplace.payment.services import NotPayable, Outcome, settle, start_payment
from marketplace.voucher.refusals import VoucherRefused
from tests.factories import ProductFactory
from tests.factories.offers import voucher_of
from tests.marketplace.buying import (
    NOW,
    basket_with,
    crowd,
    order_for,
    place,
    purchase_of,
    stock,
)
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
END = NOW + timedelta(minutes=30)


class StripeOfOne:
    """One intent as Stripe keeps it: it is paid or cancelled, whichever comes first."""

    def __init__(self, order):
        self.lock, self.status, self.order = threading.Lock(), "requires_action", order

    def intent(self):
        number = {"order": self.order.number}
        return gateway.Intent("pi_1", self.status, self.order.total_incl_tax, "cny", "", number, "")

    def become(self, status):
        with self.lock:
            if self.status == "requires_action":
                self.status = status
            return self.intent()

    def cancel_intent(self, _):
        return self.become("canceled")

    def fetch_intent(self, _):
        return self.intent()


@pytest.fixture
def order():
    return order_for((ProductFactory(), 3), (ProductFactory(storage="frozen"), 2))


@pytest.fixture
def stripe(order, monkeypatch):
    """The buyer has gone to pay; the gateway is a Stripe that only knows this intent."""
    Payment.objects.create(order=order, amount=order.total_incl_tax, intent_id="pi_1")
    stripe = StripeOfOne(order)
    for name in ("cancel_intent", "fetch_intent"):
        monkeypatch.setattr(gateway, name, getattr(stripe, name))
    return stripe


def assert_one_end(*ends):
    """All parcels went the same way, once; the stock says so too. Returns the way."""
    (state,) = set(Consignment.objects.values_list("state", flat=True))
    assert state in ends
    assert ConsignmentStep.objects.count() == 4
    held = sum(Line.objects.values_list("num_allocated", flat=True))
    assert held == sum(StockRecord.objects.values_list("num_allocated", flat=True))
    assert held == (5 if state == "paid" else 0)
    assert Message.objects.count() == 2
    return state


@pytest.mark.parametrize("turn", ROUNDS)
def test_expiry_against_cancelling_gives_up_once(turn, order, stripe):
    cancel = partial(cancel_order, order=order, by=None, reason="", now=END)
    results = at_once([partial(expire_order, order_id=order.pk, now=END), cancel] * 4)
    assert all(result in (True, False, None) for result in results), results
    state = assert_one_end("expired", "cancelled")
    assert Payment.objects.get().state == "cancelled"
    assert results[::2].count(True) == (state == "expired")


@pytest.mark.parametrize("turn", ROUNDS)
def test_expiry_against_settling_is_paid_or_expired(turn, order, stripe):
    def pay_and_settle():
        stripe.become("succeeded")
        return settle(payment_id=Payment.objects.get().pk, now=END)

    calls = [partial(expire_order, order_id=order.pk, now=END), pay_and_settle]
    results = at_once(calls * 4)
    state = assert_one_end("expired", "paid")
    assert stripe.status == ("succeeded" if state == "paid" else "canceled")
    assert Payment.objects.get().state == ("succeeded" if state == "paid" else "cancelled")
    allowed = {Outcome.PAID} if state == "paid" else {Outcome.CLOSED, Outcome.WAITING}
    assert set(results[1::2]) <= allowed


@pytest.mark.parametrize("turn", ROUNDS)
def test_cancelling_against_going_to_pay_leaves_no_order_that_can_be_paid(turn, order, monkeypatch):
    stripe = StripeOfOne(order)
    monkeypatch.setattr(gateway, "create_intent", lambda **_: stripe.intent())
    for name in ("cancel_intent", "fetch_intent"):
        monkeypatch.setattr(gateway, name, getattr(stripe, name))
    monkeypatch.setattr(gateway, "confirm_redirect", lambda **_: "https://pay.test/")
    start = partial(start_payment, order=order, method="card", return_url="", now=NOW)
    cancel = partial(cancel_order, order=order, by=None, reason="", now=NOW)
    results = at_once([start, cancel] * 2)
    assert {type(r) for r in results} <= {str, type(None), NotPayable, PaymentUnderWay}
    if not any(result is None for result in results):
        cancel()
    assert_one_end("cancelled")
    assert stripe.status == "canceled" or Payment.objects.filter(intent_id="pi_1").count() == 0


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_workers_expire_each_order_once_and_the_stock_comes_back_exactly(turn):
    product = ProductFactory(packs=[("18.00", 20, 1000)])
    orders = [place(*buyer) for buyer in crowd(8, (product, 2))]
    assert stock(product).num_allocated == 16
    results = at_once([partial(expire_due, now=END)] * 2)
    # What one worker skipped because the other held it is gone with the other's commit.
    assert sum(results) == len(orders)
    assert set(Consignment.objects.values_list("state", flat=True)) == {"expired"}
    assert (stock(product).num_in_stock, stock(product).num_allocated) == (20, 0)
    assert Message.objects.filter(event__startswith="order_expired").count() == len(orders)
    product.refresh_from_db()
    assert product.in_stock


@pytest.mark.parametrize("turn", ROUNDS)
def test_lowering_stock_against_buying_sells_no_pack_that_is_not_there(turn):
    product = ProductFactory(packs=[("18.00", 20, 1000)])
    buy = [partial(place, *buyer) for buyer in crowd(12, (product, 2))]
    record = stock(product)
    lower = [
        partial(set_stock, stockrecord_id=record.pk, quantity=quantity)
        for quantity in (18, 14, 10, 6)
    ]
    results = at_once(buy + lower)
    kinds = {Order, OutOfStock, StockRecord, StockBelowAllocated}
    assert {type(result) for result in results} <= kinds, results
    sold = 2 * Order.objects.count()
    record.refresh_from_db()
    assert record.num_allocated == sold <= record.num_in_stock
    product.refresh_from_db()
    assert product.in_stock == (record.num_in_stock > sold)


@pytest.mark.parametrize("turn", ROUNDS)
def test_buying_against_expiry_of_the_same_goods_in_opposite_order_keeps_count(turn):
    goods = [ProductFactory(packs=[("18.00", 20, 1000)]) for _ in range(3)]
    for buyer in crowd(4, *reversed(goods)):
        place(*buyer)
    buy = [partial(place, *buyer) for buyer in crowd(8, *goods)]
    results = at_once([*buy, partial(expire_due, now=END), partial(expire_due, now=END)])
    assert {type(result) for result in results} == {Order, int}, results
    held = Order.objects.filter(consignments__state="awaiting_payment").distinct().count()
    for good in goods:
        assert stock(good).num_allocated == held


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_last_use_of_a_voucher_goes_to_one_order_and_comes_back_with_it(turn):
    voucher = voucher_of("YSJ20", off="5.00", limit_total=1)
    product = ProductFactory()
    baskets = [basket_with(product) for _ in range(8)]
    buy = [
        partial(
            place,
            basket,
            purchase_of(basket, voucher_code="YSJ20", mobile=f"1390000{number:04d}"),
        )
        for number, basket in enumerate(baskets)
    ]
    results = at_once(buy)
    kinds = {type(result) for result in results}
    assert kinds <= {Order, VoucherRefused, TotalChanged}, results
    voucher.refresh_from_db()
    assert (Order.objects.count(), voucher.uses, stock(product).num_allocated) == (1, 1, 1)
    again = basket_with(product)
    purchase = purchase_of(again, mobile="13911110000")
    calls = [partial(expire_due, now=END)] * 2 + [partial(place, again, purchase)]
    results = at_once(calls)
    assert [type(result) for result in results] == [int, int, Order], results
    voucher.refresh_from_db()
    assert (voucher.uses, stock(product).num_allocated) == (0, 1)


def test_a_paid_order_is_cancelled_by_none_of_8_threads(order):
    Consignment.objects.update(state="paid")
    Payment.objects.create(
        order=order, amount=order.total_incl_tax, state="succeeded", settled_at=NOW
    )
    cancel = partial(cancel_order, order=order, by=None, reason="", now=NOW)
    results = at_once([cancel] * 8)
    assert {type(result) for result in results} == {AlreadyPaid}
    assert set(Consignment.objects.values_list("state", flat=True)) == {"paid"}
