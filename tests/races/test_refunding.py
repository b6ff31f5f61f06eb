"""Refunds that are wished for, sent, heard of and undone at the same moment: to the fen, once."""

import threading
from decimal import Decimal
from functools import partial

import pytest

from marketplace.order.models import Consignment, Order
from marketplace.order.services import move, moves
from marketplace.outbox.models import Message
from marketplace.payment.cancelling import AlreadySent, cancel_paid_order
from marketplace.payment.events import handle_event, keep_event
from marketplace.payment.models import Finding, Payment, Refund
from marketplace.payment.reconciliation import reconcile
from marketplace.payment.refunds import (
    RefundRefused,
    Request,
    Wish,
    request_refund,
    send_due,
    send_refund,
    tasks,
    try_again,
)
from marketplace.payment.services import settle, start_payment
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.payment.stripe_in_memory import StripeInMemory
from tests.marketplace.payment.truths import assert_money_and_stock_are_exact, stock_now
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def stripe(monkeypatch):
    stripe = StripeInMemory()
    stripe.put_in_place(monkeypatch)
    return stripe


@pytest.fixture
def payment(stripe):
    """Of two parcels, the second with a delivery that cost something."""
    order = order_for((ProductFactory(), 3), (ProductFactory(storage="frozen"), 2))
    start_payment(order=order, method="card", return_url="", now=NOW)
    payment = Payment.objects.get()
    stripe.pay(payment.intent_id)
    settle(payment_id=payment.pk, now=NOW)
    return Payment.objects.get()


@pytest.fixture
def at_first(payment):
    return stock_now()


@pytest.fixture
def lazy_worker(monkeypatch):
    """Refunds are not sent after the commit; who sends them is the race."""
    monkeypatch.setattr(tasks.send_refund, "delay", lambda _: None)


def wish_of(payment, *amounts: str, fee=False) -> Wish:
    lines = payment.order.lines.order_by("pk").values_list("pk", flat=True)
    parcels = payment.order.consignments.order_by("pk") if fee else []
    wanted = {key: Decimal(amount) for key, amount in zip(lines, amounts, strict=False)}
    return Wish(wanted, {parcel.pk: parcel.fee_refundable for parcel in parcels})


def ask(payment, wish, token):
    return request_refund(
        payment_id=payment.pk, wish=wish, request=Request(token, "", None), now=NOW
    )


def take_back(payment):
    return cancel_paid_order(
        order=Order.objects.get(pk=payment.order_id), by=None, reason="", now=NOW
    )


def mails(kind: str) -> int:
    return Message.objects.filter(event__startswith=kind).count()


def given_back() -> Decimal:
    return Payment.objects.get().refunded


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_refunds_of_one_line_give_back_no_more_than_was_paid(turn, payment, stripe, at_first):
    calls = [partial(ask, payment, wish_of(payment, "30.00"), f"wish-{n}") for n in range(4)]
    results = at_once(calls)
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["Refund", "RefundRefused", "RefundRefused", "RefundRefused"]
    assert (given_back(), mails("order_refunded:")) == (30, 1)
    assert stripe.left_of(payment.intent_id) == payment.amount - 30
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_wish_sent_8_times_is_one_refund(turn, payment, stripe, at_first):
    results = at_once([partial(ask, payment, wish_of(payment, "10.00"), "wish")] * 8)
    assert {result.pk for result in results} == {Refund.objects.get().pk}
    assert (given_back(), mails("order_refunded:")) == (10, 1)
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_refunds_of_different_things_at_once_are_all_made(turn, payment, stripe, at_first):
    calls = [partial(ask, payment, wish_of(payment, "9.00", "4.00"), f"wish-{n}") for n in range(4)]
    results = at_once([*calls, partial(ask, payment, wish_of(payment, fee=True), "fees")])
    assert {type(result) for result in results} == {Refund}, results
    assert given_back() == 52 + payment.order.shipping_incl_tax
    assert mails("order_refunded:") == 5
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_taking_the_order_back_against_refunds_gives_all_back_once(turn, payment, stripe, at_first):
    wishes = [partial(ask, payment, wish_of(payment, "20.00"), f"wish-{n}") for n in range(2)]
    results = at_once([partial(take_back, payment), *wishes, partial(take_back, payment)])
    assert results[::3] == [None, None]
    assert {type(result) for result in results[1:3]} <= {Refund, RefundRefused}
    assert set(Consignment.objects.values_list("state", flat=True)) == {"cancelled"}
    assert (given_back(), stripe.left_of(payment.intent_id)) == (payment.amount, 0)
    assert mails("order_cancelled") == 1
    assert mails("order_refunded:") == Refund.objects.filter(state="succeeded").count()
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_webhook_worker_and_reconciliation_end_a_refund_once(
    turn, payment, stripe, at_first, lazy_worker
):
    refund = ask(payment, wish_of(payment, "30.00", fee=True), "wish")
    stripe.create_refund(
        intent_id=payment.intent_id,
        amount=refund.amount,
        order_number=payment.order.number,
        reference=refund.token,
        idempotency_key=f"refund-{payment.order.number}-{refund.pk}",
    )
    event, _ = keep_event(stripe.events[-1])
    hear = partial(handle_event, event_pk=event.pk, now=NOW)
    send = partial(send_refund, refund_id=refund.pk, now=NOW)
    at_once_results = at_once([hear, send, partial(reconcile, now=NOW), partial(send_due, now=NOW)])
    assert not [result for result in at_once_results if isinstance(result, Exception)]
    refund.refresh_from_db()
    assert (refund.state, len(stripe.refunds)) == ("succeeded", 1)
    assert (mails("order_refunded:"), Finding.objects.count()) == (1, 0)
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_8_workers_send_a_refund_once(turn, payment, stripe, at_first, lazy_worker):
    refund = ask(payment, wish_of(payment, "30.00"), "wish")
    at_once([partial(send_refund, refund_id=refund.pk, now=NOW)] * 8)
    refund.refresh_from_db()
    assert (refund.state, refund.attempts, len(stripe.refunds)) == ("succeeded", 1, 1)
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_failed_refund_that_8_hear_of_is_undone_once_and_tried_again_once(
    turn, payment, stripe, at_first, django_user_model
):
    clerk = django_user_model.objects.create_user("clerk@example.com")
    refund = ask(payment, wish_of(payment, "30.00"), "wish")
    (sent,) = stripe.refunds
    stripe.finish_refund(sent, "failed")
    event, _ = keep_event(stripe.events[-1])
    again = partial(try_again, refund_id=refund.pk, by=clerk, now=NOW)
    calls = [partial(handle_event, event_pk=event.pk, now=NOW), partial(reconcile, now=NOW), again]
    results = at_once(calls * 2)
    assert {type(result) for result in results[2::3]} <= {Refund, RefundRefused}
    second = again()
    assert (second.token, Refund.objects.count(), given_back()) == (f"again-{refund.pk}", 2, 30)
    assert mails("order_refund_failed") == 1
    assert Finding.objects.get().closed_by == clerk
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_sending_a_parcel_against_refunds_of_its_goods_and_delivery_blocks_nobody(
    turn, payment, stripe, at_first
):
    parcels = list(payment.order.consignments.all())
    move(consignments=parcels, to="packed", by=None, reason="", now=NOW)
    send = partial(move, consignments=parcels, to="shipped", by=None, reason="", now=NOW)
    calls = [
        partial(ask, payment, wish_of(payment, "5.00", "5.00", fee=n == 0), f"wish-{n}")
        for n in range(3)
    ]
    results = at_once([send, *calls])
    assert {type(result) for result in results} == {list, Refund}, results
    assert set(Consignment.objects.values_list("state", flat=True)) == {"shipped"}
    assert_money_and_stock_are_exact(stripe, at_first)


def test_a_refund_that_meets_a_parcel_just_leaving_waits_for_it(
    payment, stripe, at_first, monkeypatch
):
    parcels = list(payment.order.consignments.all())
    move(consignments=parcels, to="packed", by=None, reason="", now=NOW)
    write, leaving = moves.write_steps, threading.Event()

    def write_slowly(*args, **about):
        leaving.set()
        threading.Event().wait(0.5)
        write(*args, **about)

    def refund_meanwhile():
        assert leaving.wait(10)
        return ask(payment, wish_of(payment, "5.00", "5.00", fee=True), "wish")

    monkeypatch.setattr(moves, "write_steps", write_slowly)
    send = partial(move, consignments=parcels, to="shipped", by=None, reason="", now=NOW)
    results = at_once([send, refund_meanwhile])
    assert [type(result) for result in results] == [list, Refund], results
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_sending_parcels_against_taking_the_order_back_is_one_of_the_two(
    turn, payment, stripe, at_first
):
    parcels = list(payment.order.consignments.all())
    move(consignments=parcels, to="packed", by=None, reason="", now=NOW)
    send = partial(move, consignments=parcels[:1], to="shipped", by=None, reason="", now=NOW)
    sent, taken = at_once([send, partial(take_back, payment)])
    states = set(Consignment.objects.values_list("state", flat=True))
    if taken is None:
        assert (states, stripe.left_of(payment.intent_id)) == ({"cancelled"}, 0)
    else:
        assert (type(taken), states) == (AlreadySent, {"shipped", "packed"})
        assert (Refund.objects.count(), mails("order_cancelled")) == (0, 0)
        assert isinstance(sent, list)
    assert_money_and_stock_are_exact(stripe, at_first)
