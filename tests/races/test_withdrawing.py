"""A good is taken off sale while it is bought, and by two operators at once."""

from functools import partial

import pytest

from catalog.models import Withdrawal
from marketplace.order.models import Order
from marketplace.partner.refusals import NotForSale
from marketplace.partner.withdrawing import NotAsShown, restore_good, withdraw_good
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, crowd, place, stock
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def product():
    return ProductFactory(packs=[("18.00", 20, 1000)])


def take_off(product):
    return withdraw_good(product_id=product.pk, reason="标签有误", by=None, now=NOW)


@pytest.mark.parametrize("turn", ROUNDS)
def test_each_buyer_has_the_packs_or_reads_that_they_are_not_for_sale(turn, product):
    calls = [partial(place, *buyer) for buyer in crowd(4, (product, 2))]
    done, *bought = at_once([partial(take_off, product), *calls])
    assert isinstance(done, Withdrawal), done
    assert {type(result) for result in bought} <= {Order, NotForSale}, bought
    placed = sum(isinstance(result, Order) for result in bought)
    assert stock(product).num_allocated == 2 * placed
    product.refresh_from_db()
    assert (product.sellable_until, product.withdrawal) == (None, done)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_operators_who_do_the_same_one_does_it(turn, product):
    results = at_once([partial(take_off, product)] * 4)
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == [*["NotAsShown"] * 3, "Withdrawal"], results
    assert Withdrawal.objects.count() == 1
    put_back = partial(restore_good, product_id=product.pk, reason="改好", by=None, now=NOW)
    results = at_once([put_back] * 4)
    assert sum(isinstance(result, NotAsShown) for result in results) == 3
