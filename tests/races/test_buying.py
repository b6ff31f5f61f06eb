"""Many buyers at the same moment: nothing is sold twice, ordered twice or lost."""

import threading
from functools import partial

import pytest

from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_pack, open_basket, set_quantity
from marketplace.basket.visitor import Visitor
from marketplace.order.models import Order
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.partner.refusals import OutOfStock
from tests.factories import ProductFactory, pack_of
from tests.marketplace.buying import DAY, basket_with, crowd, place, purchase_of, stock
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def orders_in(results):
    return [result for result in results if isinstance(result, Order)]


@pytest.mark.parametrize("turn", ROUNDS)
def test_64_buyers_for_20_packs_make_exactly_20_orders(turn):
    product = ProductFactory(packs=[("18.00", 20, 1000)])
    results = at_once([partial(place, *buyer) for buyer in crowd(64, product)])
    refusals = [result for result in results if not isinstance(result, Order)]
    assert {type(refusal) for refusal in refusals} == {OutOfStock}
    assert (len(orders_in(results)), len(refusals)) == (20, 44)
    assert (Order.objects.count(), stock(product).num_allocated) == (20, 20)
    assert Basket.objects.filter(status=Basket.SUBMITTED).count() == 20
    assert Message.objects.count() == 20
    product.refresh_from_db()
    assert not product.in_stock


def test_64_buyers_who_all_saw_20_packs_a_moment_ago_make_exactly_20_orders(monkeypatch):
    product = ProductFactory(packs=[("18.00", 20, 1000)])
    calls = [partial(place, *buyer) for buyer in crowd(64, product)]
    gate = threading.Barrier(64, timeout=60)
    monkeypatch.setattr(
        "marketplace.order.services.placement.write_notice", lambda **_: gate.wait()
    )
    results = at_once(calls)
    assert len(orders_in(results)) == 20
    assert sum(type(result) is OutOfStock for result in results) == 44
    assert (Order.objects.count(), stock(product).num_allocated) == (20, 20)


@pytest.mark.parametrize("turn", ROUNDS)
def test_baskets_with_the_same_goods_in_opposite_order_do_not_block_each_other(turn):
    goods = [ProductFactory(packs=[("18.00", 12, 1000)]) for _ in range(4)]
    pairs = zip(crowd(12, *goods), crowd(12, *reversed(goods)), strict=True)
    results = at_once([partial(place, *buyer) for pair in pairs for buyer in pair])
    assert len(orders_in(results)) == 12
    assert {type(r) for r in results} == {Order, OutOfStock}
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {12}
    assert not any(type(good).objects.get(pk=good.pk).in_stock for good in goods)


def test_two_packs_of_one_good_that_sell_out_together_leave_nothing_in_stock():
    product = ProductFactory(packs=[("18.00", 1, 1000), ("40.00", 1, 2500)])
    baskets = [Basket.objects.create() for _ in range(2)]
    for number, basket in enumerate(baskets):
        add_pack(basket=basket, pack=pack_of(product, number), quantity=1, day=DAY)
    results = at_once([partial(place, basket, purchase_of(basket)) for basket in baskets])
    assert len(orders_in(results)) == 2
    product.refresh_from_db()
    assert not product.in_stock


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_page_sent_by_8_threads_is_one_order(turn):
    product = ProductFactory()
    basket = basket_with((product, 2))
    purchase = purchase_of(basket)
    results = at_once([partial(place, basket, purchase)] * 8)
    assert len(orders_in(results)) == 8
    assert {order.pk for order in results} == {Order.objects.get().pk}
    assert stock(product).num_allocated == 2


def test_8_windows_of_one_basket_are_one_order():
    basket = basket_with(ProductFactory())
    results = at_once([partial(place, basket, purchase_of(basket)) for _ in range(8)])
    assert {order.pk for order in orders_in(results)} == {Order.objects.get().pk}
    assert len(orders_in(results)) == 8


@pytest.mark.parametrize("turn", ROUNDS)
def test_packs_that_are_added_at_the_same_time_are_all_there(turn):
    product = ProductFactory()
    basket = basket_with(product)
    add = partial(add_pack, basket=basket, pack=pack_of(product), quantity=1, day=DAY)
    results = at_once([add] * 8)
    assert all(isinstance(result, Line) for result in results)
    assert Line.objects.get().quantity == 9


def test_different_goods_that_are_added_at_the_same_time_are_all_there():
    goods = [ProductFactory() for _ in range(8)]
    basket = basket_with()
    at_once(
        [
            partial(add_pack, basket=basket, pack=pack_of(good), quantity=2, day=DAY)
            for good in goods * 2
        ]
    )
    assert list(Line.objects.values_list("quantity", flat=True)) == [4] * 8


def test_8_requests_of_one_user_open_one_basket():
    user = User.objects.create_user("lilan@example.com")
    results = at_once([partial(open_basket, visitor=Visitor(user.pk, None))] * 8)
    assert {basket.pk for basket in results} == {Basket.objects.get().pk}


def test_a_basket_that_is_changed_while_it_is_ordered_is_ordered_as_seen_or_not_at_all():
    product = ProductFactory()
    basket = basket_with((product, 1))
    purchase = purchase_of(basket)
    change = partial(
        set_quantity, basket=basket, line_id=Line.objects.get().pk, quantity=7, day=DAY
    )
    at_once([partial(place, basket, purchase), change])
    ordered = sum(order.lines.get().quantity for order in Order.objects.all())
    assert ordered in (0, 1)
    assert stock(product).num_allocated == ordered
