"""Adding, changing and removing packs: what is allowed, and that a refusal changes nothing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import (
    BadQuantity,
    BasketClosed,
    accept_price,
    add_pack,
    find_basket,
    last_ordered,
    open_basket,
    put_in_basket,
    remove_line,
    set_quantity,
)
from marketplace.basket.visitor import Visitor
from marketplace.partner.models import StockRecord
from marketplace.partner.refusals import BelowMinimum, NotAStep, NotForSale, OutOfStock
from tests.factories import ProductFactory, pack_of
from tests.marketplace.buying import DAY, NOW, basket_with, in_english

pytestmark = pytest.mark.django_db
GUEST = Visitor(user_id=None, guest_id=None)


def quantities(basket):
    return list(
        Line.objects.filter(basket=basket).order_by("pk").values_list("quantity", flat=True)
    )


def add(basket, product, quantity=1):
    return add_pack(basket=basket, pack=pack_of(product), quantity=quantity, day=DAY)


def test_packs_of_the_same_good_gather_in_one_line_at_the_price_of_today():
    product = ProductFactory(packs=[("18.00", 100, 1000)])
    basket = basket_with((product, 2))
    StockRecord.objects.update(price="19.00")
    line = add(basket, product, 3)
    assert quantities(basket) == [5]
    assert (line.price_incl_tax, line.amount) == (19, 95)


def test_without_a_number_the_fewest_packs_that_are_sold_go_in():
    product = ProductFactory()
    product.children.update(minimum_quantity=10)
    basket = basket_with()
    assert add(basket, product, None).quantity == 10
    assert add(basket, product, None).quantity == 11


@pytest.mark.parametrize("quantity", [0, -1, 1000, 10**9])
def test_a_number_of_packs_that_nobody_can_order_is_refused(quantity):
    product = ProductFactory(packs=[("18.00", 2000, 1000)])
    basket = basket_with((product, 3))
    with pytest.raises(BadQuantity):
        add(basket, product, quantity)
    line = Line.objects.get(basket=basket)
    with pytest.raises(BadQuantity):
        set_quantity(basket=basket, line_id=line.pk, quantity=quantity, day=DAY)
    assert quantities(basket) == [3]


def test_up_to_what_is_free_may_lie_in_the_basket_and_not_one_more():
    product = ProductFactory(packs=[("18.00", 20, 1000)])
    StockRecord.objects.update(num_allocated=15)
    basket = basket_with((product, 5))
    with pytest.raises(OutOfStock) as refused:
        add(basket, product, 1)
    assert quantities(basket) == [5]
    assert in_english(refused.value) == "Only 5 packs left."


def test_fewer_packs_than_the_minimum_are_refused_and_the_minimum_is_taken():
    product = ProductFactory()
    product.children.update(minimum_quantity=10)
    basket = basket_with()
    with pytest.raises(BelowMinimum) as refused:
        add(basket, product, 9)
    assert quantities(basket) == []
    assert in_english(refused.value) == "Sold from 10 packs upwards."
    assert add(basket, product, 10).quantity == 10


def test_a_pack_with_less_left_than_its_minimum_is_sold_out():
    product = ProductFactory(packs=[("18.00", 9, 1000)])
    product.children.update(minimum_quantity=10)
    with pytest.raises(OutOfStock) as refused:
        add(basket_with(), product, 10)
    assert in_english(refused.value) == "Sold out."


@pytest.mark.parametrize(
    "change",
    [
        {"is_public": False},
        {"sellable_from": None, "sellable_until": None},
        {"sellable_until": date(2026, 11, 22)},
        {"sellable_from": date(2026, 11, 24)},
    ],
)
def test_what_is_withdrawn_without_papers_or_out_of_season_is_not_put_in(change):
    product = ProductFactory()
    type(product).objects.filter(pk=product.pk).update(**change)
    basket = basket_with()
    with pytest.raises(NotForSale):
        add(basket, product)
    assert quantities(basket) == []


def test_a_withdrawn_pack_of_a_good_for_sale_is_refused():
    product = ProductFactory()
    product.children.update(is_public=False)
    with pytest.raises(NotForSale):
        add(basket_with(), product)


def test_a_line_of_somebody_elses_basket_is_neither_changed_nor_removed():
    product = ProductFactory()
    line = Line.objects.get(basket=basket_with((product, 2)))
    mine = basket_with(product)
    with pytest.raises(Line.DoesNotExist):
        set_quantity(basket=mine, line_id=line.pk, quantity=9, day=DAY)
    with pytest.raises(Line.DoesNotExist):
        remove_line(basket=mine, line_id=line.pk)
    line.refresh_from_db()
    assert line.quantity == 2


def test_a_line_that_was_withdrawn_meanwhile_can_be_taken_out():
    product = ProductFactory()
    basket = basket_with(product)
    type(product).objects.update(is_public=False)
    remove_line(basket=basket, line_id=Line.objects.get().pk)
    assert quantities(basket) == []


def test_an_ordered_basket_is_closed():
    product = ProductFactory()
    basket = basket_with(product)
    Basket.objects.update(status=Basket.SUBMITTED)
    with pytest.raises(BasketClosed):
        add(basket, product)
    assert quantities(basket) == [1]


def test_a_refused_first_add_makes_no_basket():
    product = ProductFactory()
    with pytest.raises(BadQuantity):
        put_in_basket(visitor=GUEST, pack=pack_of(product), quantity=0, day=DAY)
    assert not Basket.objects.exists()


def test_a_guest_finds_only_an_open_basket_that_nobody_owns():
    user = User.objects.create_user("lilan@example.com")
    guest, owned = Basket.objects.create(), Basket.objects.create(owner=user)
    assert find_basket(visitor=GUEST) is None
    assert find_basket(visitor=Visitor(None, guest.pk)) == guest
    assert find_basket(visitor=Visitor(None, owned.pk)) is None
    Basket.objects.filter(pk=guest.pk).update(status=Basket.SUBMITTED)
    assert find_basket(visitor=Visitor(None, guest.pk)) is None


def test_a_user_has_one_open_basket_with_what_was_put_in_as_a_guest():
    user = User.objects.create_user("lilan@example.com")
    guest = basket_with((ProductFactory(), 2))
    own = open_basket(visitor=Visitor(user.pk, guest.pk))
    assert (own.owner, quantities(own)) == (user, [2])
    guest.refresh_from_db()
    assert guest.status == Basket.MERGED
    assert open_basket(visitor=Visitor(user.pk, None)) == own


def test_a_guests_next_basket_is_found_by_the_cookie_of_the_first():
    first = Basket.objects.create(status=Basket.SUBMITTED)
    visitor = Visitor(None, first.pk)
    assert find_basket(visitor=visitor) is None
    following = open_basket(visitor=visitor)
    assert following.guest_id == first.pk
    assert open_basket(visitor=visitor) == find_basket(visitor=visitor) == following
    Basket.objects.filter(pk=following.pk).update(status=Basket.SUBMITTED)
    assert open_basket(visitor=visitor).guest_id == first.pk


def test_a_cookie_of_a_basket_that_is_gone_opens_a_new_one():
    assert open_basket(visitor=Visitor(None, 999_999)).continues is None


def test_the_database_keeps_a_guest_from_having_two_open_baskets():
    first = Basket.objects.create(status=Basket.SUBMITTED)
    Basket.objects.create(continues=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Basket.objects.create(continues=first)


def test_the_basket_that_was_ordered_last_is_named():
    user = User.objects.create_user("lilan@example.com")
    first = Basket.objects.create(status=Basket.SUBMITTED, date_submitted=NOW)
    later = NOW + timedelta(hours=1)
    own = Basket.objects.create(owner=user, status=Basket.SUBMITTED, date_submitted=later)
    second = Basket.objects.create(continues=first, status=Basket.SUBMITTED, date_submitted=later)
    assert last_ordered(visitor=Visitor(None, first.pk)) == second.pk
    assert last_ordered(visitor=Visitor(user.pk, None)) == own.pk
    assert last_ordered(visitor=GUEST) is None


def with_step(least=10, step=5, stock=100):
    product = ProductFactory(packs=[("62.00", stock, 20000)])
    product.children.update(minimum_quantity=least, quantity_step=step)
    return product


def test_without_a_number_one_step_more_goes_in():
    product, basket = with_step(), basket_with()
    assert add(basket, product, None).quantity == 10
    assert add(basket, product, None).quantity == 15


def test_a_number_between_the_steps_is_refused_and_nothing_changes():
    basket = basket_with((with_step(), 10))
    line = Line.objects.get()
    with pytest.raises(NotAStep) as refused:
        set_quantity(basket=basket, line_id=line.pk, quantity=12, day=DAY)
    assert refused.value.instead == [10, 15]
    assert quantities(basket) == [10]


def test_a_new_number_leaves_the_price_that_the_buyer_knows():
    basket = basket_with((ProductFactory(packs=[("18.00", 100, 1000)]), 2))
    StockRecord.objects.update(price="19.00")
    line = set_quantity(basket=basket, line_id=Line.objects.get().pk, quantity=3, day=DAY)
    line.refresh_from_db()
    assert (line.old_price, line.price, line.price_rise) == (18, 19, 1)


def test_the_new_price_is_known_once_it_has_been_read():
    basket = basket_with((ProductFactory(packs=[("18.00", 100, 1000)]), 2))
    StockRecord.objects.update(price="19.00")
    line = Line.objects.get()
    for price in (None, Decimal("18.00"), Decimal("20.00")):
        accept_price(basket=basket, line_id=line.pk, price=price)
        assert Line.objects.get().old_price == 18
    accept_price(basket=basket, line_id=line.pk, price=Decimal("19.00"))
    assert Line.objects.get().old_price is None
    with pytest.raises(Line.DoesNotExist):
        accept_price(basket=basket_with(), line_id=line.pk, price=Decimal("19.00"))


@pytest.mark.parametrize("quantity", [0, 1000])
def test_the_database_itself_keeps_a_line_within_bounds(quantity):
    basket_with(ProductFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.update(quantity=quantity)
