"""Refunds while Stripe, a bank or a key is at fault: nothing is concluded too early."""

from decimal import Decimal

import pytest

from marketplace.accounts.models import User
from marketplace.order.models import Line
from marketplace.payment.models import Finding, Refund
from marketplace.payment.refunds import (
    Wish,
    hear_of_refund,
    request_refund,
    send_due,
    try_again,
)
from tests.factories import ProductFactory
from tests.factories.offers import voucher_of
from tests.marketplace.buying import NOW, basket_with, place, purchase_of
from tests.marketplace.payment.paying import balances, mails, wished
from tests.marketplace.payment.truths import assert_refunds_are_counted

pytestmark = pytest.mark.django_db
LATER = NOW.replace(hour=20)


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """Ask for a part of the payment's only line; the worker sends it at once."""

    def ask(payment, amount, token):
        wish = Wish({payment.order.lines.get().pk: Decimal(amount)}, {})
        with django_capture_on_commit_callbacks(execute=True):
            refund = request_refund(
                payment_id=payment.pk, wish=wish, request=wished(token), now=NOW
            )
        refund.refresh_from_db()
        return refund

    return ask


@pytest.fixture
def send_back(stripe_in_memory):
    """The buyer's bank sends the money back, and Stripe tells of it."""

    def send_back(refund):
        stripe_in_memory.finish_refund(refund.stripe_id, "failed")
        hear_of_refund(told=stripe_in_memory.fetch_refund(refund.stripe_id), now=NOW)

    return send_back


def test_a_refund_whose_answer_was_lost_does_not_fail_because_asking_is_refused(
    paid, stripe_in_memory, ask
):
    payment = paid()
    stripe_in_memory.answers_to_lose = 1
    refund = ask(payment, "18.00", "wish")
    stripe_in_memory.refuses_our_key = True
    send_due(now=LATER)
    refund.refresh_from_db()
    assert (refund.state, refund.attempts, Finding.objects.count()) == ("pending", 2, 0)
    assert Line.objects.get().refunded == 18
    stripe_in_memory.be_well()
    send_due(now=LATER.replace(hour=23))
    refund.refresh_from_db()
    assert (refund.state, len(stripe_in_memory.refunds)) == ("succeeded", 1)
    assert mails("order_refunded:") == 1


def test_a_refund_that_was_never_sent_fails_when_making_it_is_refused(paid, stripe_in_memory, ask):
    payment = paid()
    stripe_in_memory.refuses_our_key = True
    refund = ask(payment, "18.00", "wish")
    assert (refund.state, stripe_in_memory.refunds) == ("failed", {})
    assert (Finding.objects.get().kind, mails("order_refund_failed")) == ("refund_failed", 1)
    assert Line.objects.get().refunded == 0


def test_refunds_tried_again_give_the_market_back_what_it_bore_and_no_fen_more(
    paid, ask, send_back, django_capture_on_commit_callbacks
):
    """Both small ones were the last fen of the line when they were made, and failed."""
    flour = ProductFactory(packs=[("18.00", 9, 1000)])
    voucher_of("MARKET", off="0.01")
    basket = basket_with(flour)
    payment = paid(place=lambda: place(basket, purchase_of(basket, voucher_code="MARKET")))
    clerk = User.objects.create_user("clerk@example.com")
    most = ask(payment, "17.00", "most")
    small = []
    for token in ("first", "second"):
        small.append(ask(payment, "0.99", token))
        send_back(small[-1])
    send_back(most)
    with django_capture_on_commit_callbacks(execute=True):
        for refund in small:
            try_again(refund_id=refund.pk, by=clerk, now=NOW)
    assert_refunds_are_counted()
    ask(payment, "16.01", "rest")
    line = Line.objects.get()
    assert line.refunded == line.line_price_incl_tax
    fees = sum(parcel.fee for parcel in payment.order.consignments.all())
    left = {("freight", flour.cooperative_id): fees, ("buyers", 0): -fees} if fees else {}
    assert balances(payment.order) == left
    assert_refunds_are_counted()


def test_a_refund_that_failed_here_and_succeeded_there_is_for_a_person(stripe_in_memory, paid, ask):
    refund = ask(paid(), "18.00", "wish")
    stripe_in_memory.finish_refund(refund.stripe_id, "succeeded")
    Refund.objects.filter(pk=refund.pk).update(state="failed", settled_at=NOW)
    told = stripe_in_memory.fetch_refund(refund.stripe_id)
    assert not hear_of_refund(told=told, now=NOW)
    assert Finding.objects.get().kind == "refund_differs"
