"""A lot is recalled while it is packed, while its good is bought, and twice at once."""

from functools import partial

import pytest
from django.db import transaction

from catalog.traceability.models import Lot
from catalog.traceability.refusals import WrongState
from marketplace.aftersales.models import Recall, RecallNotice
from marketplace.aftersales.recalls import recall_lot
from marketplace.order.models import Consignment, LineLot, Order
from marketplace.order.services import hold_consignments
from marketplace.outbox.models import Message
from marketplace.partner.refusals import NotForSale, StockBelowAllocated
from tests.factories import ProductFactory
from tests.factories.lots import lot_of, packed
from tests.marketplace.buying import DAY, NOW, crowd, order_for, place, stock
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def product():
    return ProductFactory(packs=[("18.00", 20, 1000)])


@pytest.fixture
def lot(product):
    return lot_of(product, "L-1")


def take_back(lot, packs=None):
    return recall_lot(
        lot_id=lot.pk, reason="封口不严", packs=packs or {}, by=None, now=NOW, today=DAY
    )


@transaction.atomic
def pack(line, lot):
    """As whoever packs does it: the parcel is held, then the lot, which must be released."""
    list(hold_consignments([line.consignment_id]))
    held = Lot.objects.hold([lot.pk])[lot.pk]
    if not held.is_released:
        raise WrongState(held.get_state_display())
    LineLot.objects.create(line=line, lot=held, quantity=line.quantity)
    Consignment.objects.filter(pk=line.consignment_id).update(state="packed")


@pytest.mark.parametrize("turn", ROUNDS)
def test_who_packed_before_the_recall_is_told_and_nobody_packs_after_it(turn, product, lot):
    orders = [order_for(product) for _ in range(4)]
    calls = [partial(pack, order.lines.get(), lot) for order in orders]
    first, *others, last = at_once([*calls[:2], partial(take_back, lot), *calls[2:]])
    results = [first, others[0], *others[2:], last]
    assert {type(result) for result in results} <= {type(None), WrongState}, results
    sent = set(LineLot.objects.values_list("line__order", flat=True))
    assert set(RecallNotice.objects.values_list("order", flat=True)) == sent
    assert len(sent) == results.count(None)
    assert Message.objects.filter(event="lot_recalled:L-1").count() == bool(sent)


@pytest.mark.parametrize("turn", ROUNDS)
def test_after_the_recall_nobody_buys_and_no_ordered_pack_is_taken(turn, product, lot):
    buyers = crowd(4, (product, 2))
    calls = [partial(place, *buyer) for buyer in buyers]
    record = stock(product)
    results = at_once([partial(take_back, lot, {record.pk: 12}), *calls])
    recall, *bought = results
    assert {type(result) for result in bought} <= {Order, NotForSale}, results
    assert isinstance(recall, Recall), results
    placed = sum(isinstance(result, Order) for result in bought)
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (8, 2 * placed)
    product.refresh_from_db()
    assert product.sellable_until is None


@pytest.mark.parametrize("turn", ROUNDS)
def test_all_or_nothing_when_the_free_packs_are_bought_meanwhile(turn, product, lot):
    record = stock(product)
    buyers = crowd(4, (product, 5))
    calls = [partial(place, *buyer) for buyer in buyers]
    recall, *bought = at_once([partial(take_back, lot, {record.pk: 20}), *calls])
    record.refresh_from_db()
    lot.refresh_from_db()
    placed = sum(isinstance(result, Order) for result in bought)
    if isinstance(recall, Recall):
        assert (placed, record.num_in_stock, lot.state) == (0, 0, "recalled")
    else:
        assert isinstance(recall, StockBelowAllocated), recall
        assert (record.num_in_stock, record.num_allocated) == (20, 5 * placed)
        assert (lot.state, Recall.objects.count()) == ("released", 0)


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_recalls_at_once_are_one_and_buyers_are_told_once(turn, product, lot):
    orders = [order_for(product), order_for(product)]
    for order in orders:
        packed(order.lines.get(), lot)
    record = stock(product)
    results = at_once([partial(take_back, lot, {record.pk: 5})] * 4)
    assert {result.pk for result in results} == {Recall.objects.get().pk}, results
    assert Message.objects.filter(event="lot_recalled:L-1").count() == 1
    assert RecallNotice.objects.count() == 2
    record.refresh_from_db()
    assert record.num_in_stock == 15
