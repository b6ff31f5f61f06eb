"""What a card shows of a good's packs."""

from decimal import Decimal

import pytest

from marketplace.partner.models import StockRecord
from marketplace.partner.services import refresh_shelf
from tests.factories import ProductFactory, pack_of

pytestmark = pytest.mark.django_db
LADDER = [("18.00", 5, 1000), ("39.00", 5, 2500)]


def test_price_and_price_for_500_g_are_those_of_the_same_pack():
    product = ProductFactory(packs=LADDER)
    assert (product.price_from, product.unit_price_from) == (Decimal("18.00"), Decimal("9.00"))


def test_a_sold_out_pack_gives_way_to_the_one_that_can_be_bought():
    product = ProductFactory(packs=LADDER)
    StockRecord.objects.filter(product=pack_of(product)).update(num_allocated=5)
    refresh_shelf(product_ids=[product.pk])
    product.refresh_from_db()
    assert (product.price_from, product.unit_price_from) == (Decimal("39.00"), Decimal("7.80"))
    assert product.in_stock


def test_a_good_that_is_sold_out_keeps_its_lowest_price():
    product = ProductFactory(packs=[("18.00", 0, 1000), ("39.00", 0, 2500)])
    assert (product.price_from, product.unit_price_from) == (Decimal("18.00"), Decimal("9.00"))
    assert not product.in_stock
