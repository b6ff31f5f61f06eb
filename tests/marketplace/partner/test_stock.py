"""Stock is taken, given back, sent away and counted anew; it is never less than what is held."""

import pytest

from marketplace.order.models import Consignment
from marketplace.order.services import move
from marketplace.order.states import State
from marketplace.partner.refusals import StockBelowAllocated
from marketplace.partner.services import consume_stock, release_stock, set_stock
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, in_english, order_for, stock

pytestmark = pytest.mark.django_db


def numbers(product):
    record = stock(product)
    return record.num_in_stock, record.num_allocated


def set_to(product, quantity):
    return set_stock(stockrecord_id=stock(product).pk, quantity=quantity)


def test_stock_may_fall_to_what_is_ordered_and_the_shelf_follows():
    product = ProductFactory(packs=[("18.00", 9, 1000)])
    order_for((product, 4))
    assert set_to(product, 4).num_in_stock == 4
    assert numbers(product) == (4, 4)
    product.refresh_from_db()
    assert not product.in_stock
    set_to(product, 5)
    product.refresh_from_db()
    assert product.in_stock


def test_stock_below_what_is_ordered_is_refused_in_words():
    product = ProductFactory(packs=[("18.00", 9, 1000)])
    order_for((product, 4))
    with pytest.raises(StockBelowAllocated) as caught:
        set_to(product, 3)
    assert in_english(caught.value) == "4 packs are ordered already: the stock cannot be less."
    assert numbers(product) == (9, 4)


def test_released_packs_are_exactly_those_that_were_held():
    product, other = ProductFactory(), ProductFactory()
    order_for((product, 4), (other, 2))
    order_for((product, 5))
    release_stock(packs=[(stock(product).pk, 1), (stock(product).pk, 3), (stock(other).pk, 2)])
    assert (numbers(product), numbers(other)) == ((100, 5), (100, 0))


def test_shipped_packs_leave_the_stock():
    product = ProductFactory()
    order_for((product, 4))
    consume_stock(packs=[(stock(product).pk, 4)])
    assert numbers(product) == (96, 0)


@pytest.mark.parametrize("change", [release_stock, consume_stock])
def test_no_packs_at_all_change_nothing(change):
    product = ProductFactory()
    change(packs=[])
    assert numbers(product) == (100, 0)


def test_a_pack_that_is_no_longer_kept_holds_nothing_up():
    product = ProductFactory()
    order = order_for((product, 4))
    order.lines.update(stockrecord=None)
    moved = move(
        consignments=Consignment.objects.all(), to=State.CANCELLED, by=None, reason="", now=NOW
    )
    assert [one.state for one in moved] == ["cancelled"]


@pytest.mark.parametrize("count", [1, 3])
def test_releasing_costs_the_same_for_any_number(count, django_assert_num_queries):
    products = [ProductFactory() for _ in range(count)]
    order_for(*((product, 2) for product in products))
    packs = [(stock(product).pk, 2) for product in products]
    with django_assert_num_queries(5):
        release_stock(packs=packs)
