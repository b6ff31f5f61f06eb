"""Orders that are taken back after they were paid: goods free, money back, once and to the fen."""

from decimal import Decimal

import pytest

from marketplace.accounts.models import User
from marketplace.order.models import Consignment, ConsignmentStep
from marketplace.order.services import move
from marketplace.outbox.models import Message
from marketplace.payment.cancelling import AlreadySent, NotPaid, cancel_paid_order
from marketplace.payment.expiry import cancel_order
from marketplace.payment.models import Payment, Refund
from marketplace.payment.refunds import Wish, request_refund
from tests.factories import ProductFactory
from tests.factories.offers import voucher_of
from tests.marketplace.buying import (
    NOW,
    basket_with,
    in_english,
    order_for,
    place,
    purchase_of,
    stock,
)
from tests.marketplace.payment.paying import balances, mails, went_to_pay, wished

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods():
    return [ProductFactory(), ProductFactory(storage="frozen")]


@pytest.fixture
def payment(paid, goods):
    return paid((goods[0], 3), (goods[1], 2))


@pytest.fixture
def cancel(django_capture_on_commit_callbacks):
    """The worker runs at once."""

    def cancel(order, by=None, reason=""):
        with django_capture_on_commit_callbacks(execute=True):
            cancel_paid_order(order=order, by=by, reason=reason, now=NOW)

    return cancel


def states() -> set[str]:
    return set(Consignment.objects.values_list("state", flat=True))


def held(goods) -> list[int]:
    return [stock(product).num_allocated for product in goods]


def assert_taken_back(payment, stripe, goods):
    payment.refresh_from_db()
    assert (states(), held(goods)) == ({"cancelled"}, [0, 0])
    assert (payment.refunded, stripe.left_of(payment.intent_id)) == (payment.amount, 0)
    assert balances(payment.order) == {}
    assert mails("order_cancelled") == 1


def test_the_buyer_takes_a_paid_order_back(payment, stripe_in_memory, goods, cancel):
    cancel(payment.order)
    assert_taken_back(payment, stripe_in_memory, goods)
    refund = Refund.objects.get()
    assert (refund.amount, refund.kind, refund.by) == (payment.amount, "cancelled", None)
    assert mails("order_refunded:") == 1
    told = Message.objects.get(event__startswith="order_cancelled").body
    assert f"{payment.amount}" in told


def test_an_operator_takes_a_packed_order_back_with_a_reason(
    payment, stripe_in_memory, goods, cancel
):
    parcel = payment.order.consignments.first()
    move(consignments=[parcel], to="packed", by=None, reason="", now=NOW)
    operator = User.objects.create_user("operator@example.com")
    cancel(payment.order, by=operator, reason="雪太大")
    assert_taken_back(payment, stripe_in_memory, goods)
    steps = ConsignmentStep.objects.filter(state="cancelled").values_list("by", "reason", "at")
    assert set(steps) == {(operator.pk, "雪太大", NOW)}
    assert (Refund.objects.get().by, Refund.objects.get().reason) == (operator, "雪太大")


def test_taking_back_twice_gives_back_once(payment, stripe_in_memory, goods, cancel):
    cancel(payment.order)
    cancel(payment.order)
    assert_taken_back(payment, stripe_in_memory, goods)
    assert (Refund.objects.count(), len(stripe_in_memory.refunds)) == (1, 1)


def test_an_order_of_which_a_parcel_is_on_its_way_stays(payment, stripe_in_memory, goods, cancel):
    parcel = payment.order.consignments.first()
    for to in ("packed", "shipped"):
        move(consignments=[parcel], to=to, by=None, reason="", now=NOW)
    before = (held(goods), balances(payment.order), ConsignmentStep.objects.count())
    with pytest.raises(AlreadySent) as refused:
        cancel(payment.order)
    assert in_english(refused.value).startswith("A parcel of this order is on its way already.")
    assert (held(goods), balances(payment.order), ConsignmentStep.objects.count()) == before
    assert states() == {"shipped", "paid"}
    assert (Refund.objects.count(), mails("order_cancelled")) == (0, 0)
    assert stripe_in_memory.left_of(payment.intent_id) == payment.amount


def test_an_order_that_waits_for_its_money_stays(stripe_in_memory, cancel):
    order = order_for()
    payment = went_to_pay(order)
    with pytest.raises(NotPaid) as refused:
        cancel(order)
    assert in_english(refused.value).startswith("This order is not paid.")
    assert states() == {"awaiting_payment"}
    assert (mails("order_cancelled"), Payment.objects.get().state) == (0, "waiting")
    assert stripe_in_memory.intents[payment.intent_id].status == "requires_action"


def test_an_order_that_was_cancelled_before_paying_stays_so(stripe_in_memory, cancel):
    order = order_for()
    cancel_order(order=order, by=None, reason="", now=NOW)
    cancel(order)
    assert (states(), mails("order_cancelled")) == ({"cancelled"}, 1)
    assert not Refund.objects.exists()


def test_after_a_refund_of_a_part_only_the_rest_goes_back(
    payment, stripe_in_memory, goods, cancel, django_capture_on_commit_callbacks
):
    wish = Wish({payment.order.lines.order_by("pk").first().pk: Decimal("20.01")}, {})
    with django_capture_on_commit_callbacks(execute=True):
        request_refund(payment_id=payment.pk, wish=wish, request=wished(), now=NOW)
    cancel(payment.order)
    assert_taken_back(payment, stripe_in_memory, goods)
    amounts = list(Refund.objects.order_by("pk").values_list("amount", flat=True))
    assert amounts == [Decimal("20.01"), payment.amount - Decimal("20.01")]


def test_when_all_was_refunded_before_only_the_goods_come_back(
    payment, stripe_in_memory, goods, cancel, django_capture_on_commit_callbacks
):
    order = payment.order
    wish = Wish(
        {line.pk: line.refundable for line in order.lines.all()},
        {parcel.pk: parcel.fee_refundable for parcel in order.consignments.all()},
    )
    with django_capture_on_commit_callbacks(execute=True):
        request_refund(payment_id=payment.pk, wish=wish, request=wished(), now=NOW)
    cancel(order)
    assert_taken_back(payment, stripe_in_memory, goods)
    assert Refund.objects.count() == 1


def test_the_use_of_a_voucher_comes_back_and_what_the_market_bore_too(
    paid, stripe_in_memory, goods, cancel
):
    voucher = voucher_of("MARKET", off="5.00", limit_total=1)
    basket = basket_with(*goods)
    payment = paid(place=lambda: place(basket, purchase_of(basket, voucher_code="MARKET")))
    voucher.refresh_from_db()
    assert voucher.uses == 1
    cancel(payment.order)
    voucher.refresh_from_db()
    assert voucher.uses == 0
    assert_taken_back(payment, stripe_in_memory, goods)


def test_while_stripe_is_down_the_order_is_taken_back_and_the_money_follows(
    payment, stripe_in_memory, goods, cancel
):
    stripe_in_memory.down = True
    cancel(payment.order)
    assert (states(), held(goods), Refund.objects.get().state) == ({"cancelled"}, [0, 0], "pending")
    assert mails("order_cancelled") == 1
    assert stripe_in_memory.left_of(payment.intent_id) == payment.amount
