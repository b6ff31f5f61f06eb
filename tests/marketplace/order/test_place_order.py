"""Placing an order: all of it or nothing, once, and what is kept."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from marketplace.basket.models import Basket
from marketplace.order.models import ConsignmentStep, Order
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import (
    HAIDIAN,
    NOW,
    basket_with,
    order_for,
    place,
    purchase_of,
    stock,
)

pytestmark = pytest.mark.django_db


def test_an_order_keeps_goods_price_weight_and_parcels_as_of_the_sale():
    mill = CooperativeFactory(name="北坡石磨坊（虚构）")
    flour = ProductFactory(
        cooperative=mill, title="石磨莜面粉", title_en="Flour", packs=[("39.00", 9, 2000)]
    )
    rolls = ProductFactory(storage="frozen", packs=[("118.00", 9, 1500)])
    order = order_for((flour, 2), rolls)
    lines = list(order.lines.order_by("pk"))
    assert [(c.storage, c.fee, c.state) for c in order.consignments.order_by("pk")] == [
        ("ambient", Decimal("8.00"), "awaiting_payment"),
        ("frozen", Decimal("8.00"), "awaiting_payment"),
    ]
    first = lines[0]
    assert (first.title, first.title_en) == ("石磨莜面粉 2000g", "Flour 2000 g")
    assert (first.partner_name, first.net_grams) == ("北坡石磨坊（虚构）", 2000)
    assert (first.quantity, first.unit_price_incl_tax) == (2, Decimal("39.00"))
    assert first.line_price_incl_tax == Decimal("78.00")
    assert [line.is_perishable for line in lines] == [False, True]
    assert [line.consignment.partner_id for line in lines] == [
        stock(flour).partner_id,
        stock(rolls).partner_id,
    ]
    assert (order.goods_total, order.shipping_incl_tax) == (Decimal("196.00"), Decimal("16.00"))
    assert order.total_incl_tax == Decimal("212.00")
    Product.objects.update(title="另一个名字")
    StockRecord.objects.update(price="1.00")
    first.refresh_from_db()
    assert (first.title, first.line_price_incl_tax) == ("石磨莜面粉 2000g", Decimal("78.00"))


def test_an_order_takes_its_stock_and_submits_its_basket():
    product = ProductFactory(packs=[("18.00", 9, 1000)])
    order = order_for((product, 4))
    assert stock(product).num_allocated == 4
    order.basket.refresh_from_db()
    assert (order.basket.status, order.basket.date_submitted) == (Basket.SUBMITTED, NOW)
    product.refresh_from_db()
    assert product.in_stock


def test_the_address_is_written_in_chinese_order():
    address = order_for().shipping_address
    assert address.summary.startswith("北京市海淀区")
    assert address.summary.endswith("3号楼2单元")
    assert (address.recipient, address.mobile) == ("李岚", "13800001234")
    assert address.region.parent_id == HAIDIAN


def test_every_parcel_begins_with_one_step():
    order = order_for()
    step = ConsignmentStep.objects.get()
    assert (step.consignment.order, step.state, step.at) == (order, "awaiting_payment", NOW)


def test_the_number_carries_the_day_in_beijing_a_sequence_and_what_cannot_be_guessed():
    first, second = order_for(), order_for()
    assert re.fullmatch(rf"YS20261123-{first.pk:04d}-[2-9A-HJ-NP-Z]{{6}}", first.number)
    assert first.number[-6:] != second.number[-6:]


def test_the_last_packs_take_the_good_off_the_shelf_of_what_is_in_stock():
    product = ProductFactory(packs=[("18.00", 3, 1000)])
    order_for((product, 3))
    product.refresh_from_db()
    assert not product.in_stock


def test_a_good_stays_in_stock_while_another_of_its_packs_is_left():
    product = ProductFactory(packs=[("18.00", 3, 1000), ("40.00", 1, 2500)])
    order_for((product, 3))
    product.refresh_from_db()
    assert product.in_stock


def test_fewer_left_than_the_minimum_is_sold_out():
    product = ProductFactory(packs=[("48.00", 19, 20000)])
    product.children.update(minimum_quantity=10)
    order_for((product, 10))
    product.refresh_from_db()
    assert not product.in_stock


def test_the_same_page_sent_twice_is_one_order():
    product = ProductFactory()
    basket = basket_with((product, 2))
    purchase = purchase_of(basket)
    first = place(basket, purchase)
    assert place(basket, purchase) == first
    assert Order.objects.count() == 1
    assert stock(product).num_allocated == 2


def test_two_pages_for_one_basket_are_one_order():
    basket = basket_with(ProductFactory())
    one, other = purchase_of(basket), purchase_of(basket)
    assert place(basket, one) == place(basket, other)
    assert Order.objects.count() == 1


def test_an_old_page_sent_again_leaves_the_next_basket_alone():
    basket = basket_with(ProductFactory())
    purchase = purchase_of(basket)
    first = place(basket, purchase)
    following = basket_with(ProductFactory())
    assert place(following, purchase) == first
    following.refresh_from_db()
    assert following.status == Basket.OPEN


def test_a_mail_is_written_in_the_language_of_the_order():
    basket = basket_with(ProductFactory(title_en="Oat flour"))
    order = place(basket, purchase_of(basket, language="en"))
    message = Message.objects.get()
    assert message.event == f"order_placed:{order.number}"
    assert message.recipient == "lilan@example.com"
    assert order.number in message.subject
    assert "Oat flour" in message.body
    assert f"/en/shop/orders/{order.number}:" in message.body


def test_without_an_address_for_it_no_mail_is_written():
    basket = basket_with(ProductFactory())
    place(basket, purchase_of(basket, email=""))
    assert not Message.objects.exists()


def test_goods_are_held_for_half_an_hour():
    assert order_for().held_until == NOW + timedelta(minutes=30)


def queries_to_place(count, makers):
    packs = [("18.00", 1, 1000)]
    cooperatives = [CooperativeFactory() for _ in range(makers)]
    products = [
        ProductFactory(cooperative=cooperatives[n % makers], packs=packs) for n in range(count)
    ]
    basket = basket_with(*products)
    purchase = purchase_of(basket)
    with CaptureQueriesContext(connection) as queries:
        order = place(basket, purchase)
    assert (order.lines.count(), order.consignments.count()) == (count, makers)
    return len(queries)


def test_placing_costs_at_most_30_queries_for_8_lines_of_4_producers_and_as_many_for_one():
    assert queries_to_place(8, 4) == queries_to_place(1, 1) <= 30
