"""Parcels that two people pack, send, cancel or recall at once: one of the two, to the fen."""

from decimal import Decimal
from functools import partial

import pytest

from catalog.traceability.models import Lot
from marketplace.order.models import Consignment, ConsignmentStep, LineLot
from marketplace.order.packing_refusals import LotNotReleased, LotUsedUp
from marketplace.order.services import MoveRefused, ship
from marketplace.outbox.models import Message
from marketplace.payment.cancelling import AlreadySent, cancel_paid_order
from marketplace.payment.models import Payment, Refund
from marketplace.payment.services import settle, start_payment
from marketplace.payment.weighing import pack_and_settle
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.packing import cut_of_mutton, lot_of, order_of, packing_of
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


def paid_parcel(stripe, *wanted) -> Consignment:
    order = order_for(*wanted)
    start_payment(order=order, method="card", return_url="", now=NOW)
    payment = Payment.objects.get(order=order)
    stripe.pay(payment.intent_id)
    settle(payment_id=payment.pk, now=NOW)
    return order.consignments.get()


def pack_call(parcel, *lots, grams=None):
    packing = packing_of(parcel, *lots, grams=grams)
    return partial(pack_and_settle, consignment=parcel, packing=packing, by=None, now=NOW)


def cancel_call(parcel):
    return partial(cancel_paid_order, order=order_of(parcel), by=None, reason="", now=NOW)


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_clerks_who_pack_one_parcel_pack_it_once_and_settle_its_weight_once(turn, stripe):
    product = cut_of_mutton("128.00", 1500)
    parcel, lots = paid_parcel(stripe, product), [lot_of(product), lot_of(product)]
    at_first = stock_now()
    calls = [pack_call(parcel, lot, grams=grams) for lot in lots for grams in (1380, 1200)]
    results = at_once(calls)
    assert kinds(results) == ["MoveRefused", "MoveRefused", "MoveRefused", "Refund"]
    assert LineLot.objects.count() == ConsignmentStep.objects.filter(state="packed").count() == 1
    line = parcel.lines.get()
    back = {1380: Decimal("10.24"), 1200: Decimal("25.60")}[line.weighed_grams]
    assert line.refunded == Refund.objects.get().amount == back
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_parcels_that_want_the_last_packs_of_a_lot_never_take_more_than_it_has(turn, stripe):
    product = ProductFactory()
    lot = lot_of(product, 5)
    parcels = [paid_parcel(stripe, (product, 2)) for _ in range(4)]
    results = at_once([pack_call(parcel, lot) for parcel in parcels])
    assert {type(result) for result in results} == {type(None), LotUsedUp}
    assert sum(LineLot.objects.values_list("quantity", flat=True)) == 4
    assert Consignment.objects.filter(state="packed").count() == 2


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_parcels_with_two_lots_the_other_way_round_do_not_block_each_other(turn, stripe):
    first = ProductFactory()
    shelf = [first, ProductFactory(cooperative=first.cooperative)]
    lots = [lot_of(good) for good in shelf]
    parcels = [paid_parcel(stripe, *shelf), paid_parcel(stripe, *reversed(shelf))]
    assert at_once([pack_call(parcel, *lots) for parcel in parcels]) == [None, None]


@pytest.mark.parametrize("turn", ROUNDS)
def test_packing_against_a_recall_is_packed_before_it_or_refused(turn, stripe):
    product = ProductFactory()
    parcel, lot = paid_parcel(stripe, product), lot_of(product)

    def recall():
        return Lot.objects.filter(pk=lot.pk).update(state=Lot.State.RECALLED)

    packed, _ = at_once([pack_call(parcel, lot), recall])
    assert packed is None or isinstance(packed, LotNotReleased)
    assert LineLot.objects.count() == (packed is None)
    state = Consignment.objects.get().state
    assert state == ("packed" if packed is None else "paid")


@pytest.mark.parametrize("turn", ROUNDS)
def test_sending_against_taking_the_order_back_is_one_of_the_two(turn, stripe):
    product = ProductFactory()
    parcel = paid_parcel(stripe, product)
    pack_call(parcel, lot_of(product))()
    at_first = stock_now()
    send = partial(ship, consignment=parcel, carrier="sf", number="SF1234567890", by=None, now=NOW)
    sent, taken, again = at_once([send, cancel_call(parcel), send])
    parcel.refresh_from_db()
    told = Message.objects.filter(event__startswith="order_shipped").count()
    if taken is None:
        assert (parcel.state, parcel.tracking_number, told) == ("cancelled", "", 0)
        assert isinstance(sent, MoveRefused)
        assert isinstance(again, MoveRefused)
    else:
        assert isinstance(taken, AlreadySent)
        assert (parcel.state, parcel.tracking_number, told) == ("shipped", "SF1234567890", 1)
        assert Refund.objects.count() == 0
        assert kinds([sent, again]) == ["Consignment", "MoveRefused"]
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_packing_a_light_cut_against_taking_the_order_back_gives_all_back_once(turn, stripe):
    product = cut_of_mutton("128.00", 1500)
    parcel, lot = paid_parcel(stripe, product), lot_of(product)
    at_first = stock_now()
    packed, taken = at_once([pack_call(parcel, lot, grams=1380), cancel_call(parcel)])
    assert taken is None
    assert isinstance(packed, Refund | MoveRefused)
    payment = Payment.objects.get()
    assert (payment.refunded, stripe.left_of(payment.intent_id)) == (payment.amount, 0)
    assert Consignment.objects.get().state == "cancelled"
    assert_money_and_stock_are_exact(stripe, at_first)
