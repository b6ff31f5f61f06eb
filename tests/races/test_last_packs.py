"""The last packs on either database: SQLite lets one write at a time, and still sells exactly."""

from datetime import timedelta
from functools import partial

import pytest

from marketplace.order.models import Order
from marketplace.partner.refusals import OutOfStock
from marketplace.payment.expiry import expire_due
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, basket_with, place, purchase_of, stock
from tests.races.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_8_buyers_for_the_last_5_packs_make_exactly_5_orders():
    product = ProductFactory(packs=[("18.00", 5, 1000)])
    baskets = [basket_with(product) for _ in range(8)]
    results = at_once([partial(place, basket, purchase_of(basket)) for basket in baskets])
    kinds = [type(result) for result in results]
    assert (kinds.count(Order), kinds.count(OutOfStock)) == (5, 3), results
    assert (stock(product).num_in_stock, stock(product).num_allocated) == (5, 5)
    product.refresh_from_db()
    assert not product.in_stock


def test_2_workers_free_the_last_packs_exactly_once():
    product = ProductFactory(packs=[("18.00", 5, 1000)])
    for _ in range(5):
        place(basket_with(product))
    later = NOW + timedelta(minutes=30)
    results = at_once([partial(expire_due, now=later)] * 2)
    assert sum(results) == 5, results
    assert (stock(product).num_in_stock, stock(product).num_allocated) == (5, 0)
