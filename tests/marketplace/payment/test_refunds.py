"""Money given back: to the fen, never more than was paid, and told to the ledger."""

from dataclasses import replace
from decimal import Decimal

import pytest
import stripe
from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.order.models import Line
from marketplace.payment import gateway
from marketplace.payment.models import Finding, Refund, RefundPart
from marketplace.payment.refunds import (
    RefundRefused,
    Wish,
    record_refund,
    request_refund,
    send_due,
    send_refund,
    try_again,
)
from marketplace.payment.refunds.sending import send
from tests.factories import ProductFactory
from tests.factories.offers import voucher_of
from tests.marketplace.buying import NOW, basket_with, order_for, place, purchase_of
from tests.marketplace.payment.paying import balances, mails, pay, pay_page, wished

pytestmark = pytest.mark.django_db
LATER = NOW.replace(hour=20)


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    gateway.make_client.cache_clear()


@pytest.fixture
def order():
    return order_for(
        ProductFactory(packs=[("18.00", 9, 1000)]),
        ProductFactory(packs=[("30.00", 9, 1000)]),
        ProductFactory(storage="frozen", packs=[("118.00", 9, 1500)]),
    )


@pytest.fixture
def payment(order, stripe_server):
    return pay(order, stripe_server)


@pytest.fixture
def ask(payment, django_capture_on_commit_callbacks):
    """Wish for a refund of lines and fees by their place in the order; sent after the commit."""

    def ask(lines=(), fees=(), token="wish", send=True):
        keys = list(payment.order.lines.order_by("pk").values_list("pk", flat=True))
        parcels = list(payment.order.consignments.order_by("pk").values_list("pk", flat=True))
        wish = Wish(
            {keys[place]: Decimal(amount) for place, amount in dict(lines).items()},
            {parcels[place]: Decimal(amount) for place, amount in dict(fees).items()},
        )
        with django_capture_on_commit_callbacks(execute=send):
            made = request_refund(payment_id=payment.pk, wish=wish, request=wished(token), now=NOW)
        made.refresh_from_db()
        return made

    return ask


def assert_nothing_was_refunded(payment, before):
    payment.refresh_from_db()
    assert payment.refunded == sum(Line.objects.values_list("refunded", flat=True))
    assert balances(payment.order) == before


def test_one_line_of_three_goes_back_and_the_rest_stays(order, payment, ask):
    before = balances(order)
    refund = ask(lines={1: "30.00"})
    payment.refresh_from_db()
    assert (refund.state, refund.amount, payment.refunded) == ("succeeded", 30, 30)
    assert list(Line.objects.order_by("pk").values_list("refunded", flat=True)) == [0, 30, 0]
    after = balances(order)
    assert after["buyers", 0] == before["buyers", 0] + 30
    assert sum(after.values()) == 0
    assert mails("order_refunded") == 1
    assert gateway.fetch_refund(refund.stripe_id).status == "succeeded"


def test_a_part_of_a_line_and_a_delivery_go_back_together(order, payment, ask):
    parcel = next(p for p in order.consignments.order_by("pk") if p.fee)
    place = list(order.consignments.order_by("pk")).index(parcel)
    refund = ask(lines={2: "17.99"}, fees={place: parcel.fee})
    parcel.refresh_from_db()
    assert refund.amount == Decimal("17.99") + parcel.fee
    assert (parcel.fee_refundable, refund.state) == (0, "succeeded")
    assert RefundPart.objects.count() == 2


@pytest.mark.parametrize(
    "lines", [{1: "30.01"}, {1: "-0.01"}, {1: "0.00"}, {}, {1: "0.005"}, {0: "18.00", 1: "31.00"}]
)
def test_more_than_was_paid_nothing_or_no_money_is_refused_and_changes_nothing(
    order, payment, ask, lines
):
    before = balances(order)
    with pytest.raises(RefundRefused):
        ask(lines=lines)
    assert not Refund.objects.exists()
    assert_nothing_was_refunded(payment, before)


def test_lines_of_another_order_are_refused(order, payment):
    stranger = order_for(ProductFactory()).lines.get()
    with pytest.raises(RefundRefused):
        request_refund(
            payment_id=payment.pk,
            wish=Wish({stranger.pk: Decimal("1.00")}, {}),
            request=wished(),
            now=NOW,
        )
    assert not Refund.objects.exists()


def test_the_same_wish_twice_is_one_refund(payment, ask):
    assert ask(lines={1: "30.00"}) == ask(lines={1: "30.00"})
    payment.refresh_from_db()
    assert payment.refunded == 30


def test_two_wishes_give_back_no_more_than_the_line(payment, ask):
    ask(lines={1: "20.00"}, token="first")
    with pytest.raises(RefundRefused):
        ask(lines={1: "20.00"}, token="second")
    ask(lines={1: "10.00"}, token="third")
    payment.refresh_from_db()
    assert payment.refunded == 30


def test_an_unpaid_order_has_nothing_to_give_back(order, stripe_server):
    pay_page(order)
    with pytest.raises(RefundRefused):
        request_refund(
            payment_id=order.payment.pk,
            wish=Wish({order.lines.first().pk: Decimal("1.00")}, {}),
            request=wished(),
            now=NOW,
        )


def test_the_database_itself_refuses_to_give_back_more_than_was_paid(payment):
    type(payment).objects.update(refunded=payment.amount)
    for rows, change in (
        (type(payment).objects, {"refunded": payment.amount + Decimal("0.01")}),
        (Line.objects, {"refunded": 1000}),
        (payment.order.consignments, {"fee_refunded": 1000}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_a_wallets_refund_is_on_its_way_until_stripe_says_more(
    order, stripe_server, django_capture_on_commit_callbacks
):
    stripe_server.switch(refund="pending")
    payment = pay(order, stripe_server, method="alipay")
    wish = Wish({order.lines.order_by("pk").first().pk: Decimal("18.00")}, {})
    with django_capture_on_commit_callbacks(execute=True):
        refund = request_refund(payment_id=payment.pk, wish=wish, request=wished(), now=NOW)
    refund.refresh_from_db()
    before = balances(order)
    assert (refund.state, mails("order_refunded")) == ("pending", 0)
    told = gateway.fetch_refund(refund.stripe_id)
    for status in ("succeeded", "pending", "succeeded"):
        record_refund(refund_id=refund.pk, sent=with_status(told, status), now=NOW)
    refund.refresh_from_db()
    assert (refund.state, mails("order_refunded")) == ("succeeded", 1)
    assert balances(order)["buyers", 0] == before["buyers", 0] + 18
    stripe_server.switch(refund="succeeded")


def with_status(told, status):
    return replace(told, status=status, reason="declined" if status == "failed" else "")


def test_a_refund_that_the_bank_sends_back_is_undone_and_told(order, payment, ask):
    before = balances(order)
    refund = ask(lines={1: "30.00"})
    told = gateway.fetch_refund(refund.stripe_id)
    for _ in range(2):
        record_refund(refund_id=refund.pk, sent=with_status(told, "failed"), now=LATER)
    record_refund(refund_id=refund.pk, sent=told, now=LATER)
    refund.refresh_from_db()
    payment.refresh_from_db()
    assert (refund.state, refund.failure, payment.refunded) == ("failed", "declined", 0)
    assert_nothing_was_refunded(payment, before)
    finding = Finding.objects.get()
    assert (finding.kind, finding.order_number, finding.amount) == (
        "refund_failed",
        order.number,
        30,
    )
    assert mails("order_refund_failed") == 1


def test_a_failed_refund_can_be_tried_again_once(order, payment, ask):
    refund = ask(lines={1: "30.00"})
    told = gateway.fetch_refund(refund.stripe_id)
    record_refund(refund_id=refund.pk, sent=with_status(told, "failed"), now=LATER)
    by = User.objects.create_user(email="clerk@example.com")
    again = [try_again(refund_id=refund.pk, by=by, now=LATER) for _ in range(2)]
    assert again[0] == again[1] != refund
    payment.refresh_from_db()
    assert (payment.refunded, Refund.objects.count()) == (30, 2)
    assert Finding.objects.get().closed_by == by
    with pytest.raises(RefundRefused):
        try_again(refund_id=again[0].pk, by=by, now=LATER)


def test_a_refund_of_another_amount_at_stripe_is_a_finding(payment, ask):
    refund = ask(lines={1: "30.00"}, send=False)
    sent = gateway.Refund("re_9", payment.intent_id, Decimal("3.00"), "cny", "succeeded", "", {})
    record_refund(refund_id=refund.pk, sent=sent, now=NOW)
    refund.refresh_from_db()
    assert (refund.state, refund.stripe_id) == ("pending", None)
    assert Finding.objects.get().kind == "refund_differs"


def test_while_stripe_is_down_a_refund_waits_and_is_sent_later(
    payment, ask, stripe_server, time_machine
):
    time_machine.move_to(NOW)
    stripe_server.switch(down=True)
    refund = ask(lines={1: "30.00"})
    assert (refund.state, refund.stripe_id, refund.attempts) == ("pending", None, 1)
    stripe_server.switch(down=False)
    assert send_due(now=NOW) == 0  # its pause is not over
    assert send_due(now=LATER) == 1
    refund.refresh_from_db()
    assert refund.state == "succeeded"


def test_a_refund_that_was_sent_before_the_worker_died_is_found_and_not_sent_again(
    payment, ask, monkeypatch
):
    refund = ask(lines={1: "30.00"}, send=False)
    sent = send(refund)
    Refund.objects.update(attempts=1)
    monkeypatch.setattr(gateway, "create_refund", None)
    send_refund(refund_id=refund.pk, now=LATER)
    refund.refresh_from_db()
    assert (refund.state, refund.stripe_id) == ("succeeded", sent.id)


def test_a_refund_that_stripe_refuses_fails_and_can_be_decided(order, payment, ask):
    gateway.create_refund(
        intent_id=payment.intent_id,
        amount=payment.amount,
        order_number=order.number,
        reference="elsewhere",
        idempotency_key=f"elsewhere-{order.number}",
    )
    refund = ask(lines={1: "30.00"})
    payment.refresh_from_db()
    assert (refund.state, refund.failure) == ("failed", "charge_already_refunded")
    assert payment.refunded == 0
    assert Finding.objects.get().kind == "refund_failed"


def test_what_the_market_bore_comes_back_with_the_goods_to_the_fen(
    stripe_server, django_capture_on_commit_callbacks
):
    flour = ProductFactory(packs=[("18.00", 9, 1000)])
    voucher_of("MARKET", off="5.00")
    basket = basket_with((flour, 2))
    order = place(basket, purchase_of(basket, voucher_code="MARKET"))
    payment = pay(order, stripe_server)
    line = order.lines.get()
    for token, amount, left in (("a", "10.00", "-3.39"), ("b", "20.99", "-0.01"), ("c", "0.01", 0)):
        with django_capture_on_commit_callbacks(execute=True):
            request_refund(
                payment_id=payment.pk,
                wish=Wish({line.pk: Decimal(amount)}, {}),
                request=wished(token),
                now=NOW,
            )
        assert balances(order).get(("promotion", 0), 0) == Decimal(left)
        assert sum(balances(order).values()) == 0
    assert ("cooperative", flour.cooperative_id) not in balances(order)
