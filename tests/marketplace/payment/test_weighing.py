"""Packing what is sold by weight: the parcel is packed and the difference goes back, or neither."""

from decimal import Decimal

import pytest

from marketplace.order.models import Consignment, Line
from marketplace.order.packing_refusals import LotUsedUp
from marketplace.payment.models import Payment, Refund
from marketplace.payment.refunds import RefundRefused
from marketplace.payment.weighing import pack_and_settle
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.money import give_back, state_of_money, with_money
from tests.marketplace.packing import (
    cut_of_mutton,
    lot_of,
    packing_of,
    parcel_for,
    state_of_parcels,
)
from tests.marketplace.payment.truths import assert_refunds_are_counted

pytestmark = pytest.mark.django_db


def pack_it(order, grams: int, lot=None) -> Refund | None:
    parcel = order.consignments.get()
    lots = [lot or lot_of(line.product.parent) for line in parcel.lines.all()]
    packing = packing_of(parcel, *lots, grams=grams)
    return pack_and_settle(consignment=parcel, packing=packing, by=None, now=NOW)


def test_each_line_gets_its_own_difference_in_one_refund():
    leg = cut_of_mutton("128.00", 1500)
    ribs = cut_of_mutton("99.99", 1400, cooperative=leg.cooperative)
    oats = ProductFactory(cooperative=leg.cooperative, storage="frozen")
    refund = pack_it(with_money(leg, ribs, oats), 1380)
    parts = dict(refund.parts.values_list("line__product__parent", "amount"))
    assert parts == {leg.pk: Decimal("10.24"), ribs.pk: Decimal("1.43")}
    assert refund.amount == Decimal("11.67")
    assert refund.token == f"weight-{Consignment.objects.get().pk}"
    assert_refunds_are_counted()


def test_the_buyer_reads_in_the_orders_language_what_it_weighed():
    refund = pack_it(with_money(cut_of_mutton()), 1380)
    assert "1380 g" in refund.reason


def test_no_more_goes_back_than_is_left_of_the_line():
    order = with_money(cut_of_mutton("128.00", 1500))
    give_back(order, "120.00")
    assert pack_it(order, 1200).amount == Decimal("8.00")
    assert order.lines.get().refundable == 0
    assert_refunds_are_counted()


def test_where_all_has_gone_back_before_it_is_packed_without_another_refund():
    order = with_money(cut_of_mutton("128.00", 1500))
    give_back(order, "128.00")
    assert pack_it(order, 1200) is None
    assert Consignment.objects.get().state == "packed"
    assert Refund.objects.count() == 1


def test_a_refund_that_cannot_be_made_leaves_the_parcel_unpacked():
    order = with_money(cut_of_mutton())
    Payment.objects.update(state=Payment.State.LATE)
    before = state_of_parcels(), state_of_money()
    with pytest.raises(RefundRefused):
        pack_it(order, 1380)
    assert (state_of_parcels(), state_of_money()) == before


def test_a_parcel_that_cannot_be_packed_gives_nothing_back():
    product = cut_of_mutton()
    order = with_money((product, 2))
    lot = lot_of(product, 1)
    before = state_of_parcels(), state_of_money()
    with pytest.raises(LotUsedUp):
        pack_it(order, 2400, lot)
    assert (state_of_parcels(), state_of_money()) == before


def test_what_was_paid_outside_is_packed_and_weighed_all_the_same():
    product = cut_of_mutton()
    assert pack_it(parcel_for(product).order, 1380) is None
    assert Line.objects.get().weighed_grams == 1380
