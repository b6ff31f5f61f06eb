"""Saving for later and back, and that the order leaves it to the visitor."""

import pytest
from django.db import transaction

from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from marketplace.basket.refusals import BadQuantity, BasketClosed
from marketplace.basket.saving import put_aside, return_line, save_line
from marketplace.basket.services import carry_over_saved, find_basket, remove_line, set_quantity
from marketplace.basket.visitor import Visitor
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from marketplace.partner.refusals import OutOfStock
from tests.factories import ProductFactory, pack_of
from tests.marketplace.buying import DAY, basket_with, place, stock

pytestmark = pytest.mark.django_db


def lines_of(basket):
    rows = Line.objects.filter(basket=basket).order_by("saved", "pk")
    return list(rows.values_list("product__parent", "quantity", "saved"))


def save_all(basket):
    for line in basket.lines.filter(saved=False):
        save_line(basket=basket, line_id=line.pk)


def add(basket, product, quantity):
    from marketplace.basket.services import add_pack

    return add_pack(basket=basket, pack=pack_of(product), quantity=quantity, day=DAY)


def test_a_saved_line_comes_back_as_it_was():
    product = ProductFactory(packs=[("18.00", 100, 1000)])
    basket = basket_with((product, 3))
    StockRecord.objects.update(price="19.00")
    saved = save_line(basket=basket, line_id=Line.objects.get().pk)
    assert lines_of(basket) == [(product.pk, 3, True)]
    line = return_line(basket=basket, line_id=saved.pk, quantity=3, day=DAY)
    assert lines_of(basket) == [(product.pk, 3, False)]
    assert line.old_price == 18


def test_what_is_added_while_some_is_saved_lies_beside_it_and_both_add_up():
    product = ProductFactory()
    basket = basket_with((product, 3))
    save_all(basket)
    add(basket, product, 2)
    assert lines_of(basket) == [(product.pk, 2, False), (product.pk, 3, True)]
    saved = Line.objects.get(saved=True)
    return_line(basket=basket, line_id=saved.pk, quantity=3, day=DAY)
    assert lines_of(basket) == [(product.pk, 5, False)]
    save_all(basket)
    add(basket, product, 1)
    save_all(basket)
    assert lines_of(basket) == [(product.pk, 6, True)]


def test_more_than_is_free_does_not_come_back_and_stays_saved():
    product = ProductFactory(packs=[("18.00", 5, 1000)])
    basket = basket_with((product, 3))
    save_all(basket)
    StockRecord.objects.update(num_in_stock=2)
    saved = Line.objects.get()
    with pytest.raises(OutOfStock) as refused:
        return_line(basket=basket, line_id=saved.pk, quantity=3, day=DAY)
    assert refused.value.instead == [2]
    assert lines_of(basket) == [(product.pk, 3, True)]
    return_line(basket=basket, line_id=saved.pk, quantity=2, day=DAY)
    assert lines_of(basket) == [(product.pk, 2, False)]


@pytest.mark.parametrize("quantity", [0, -1, 1000, 10**9])
def test_no_number_of_packs_comes_back_or_is_put_aside_that_nobody_can_order(quantity):
    product = ProductFactory(packs=[("18.00", 2000, 1000)])
    basket = basket_with((product, 3))
    save_all(basket)
    with pytest.raises(BadQuantity):
        return_line(basket=basket, line_id=Line.objects.get().pk, quantity=quantity, day=DAY)
    with pytest.raises(BadQuantity):
        put_aside(visitor=Visitor(None, basket.pk), pack=pack_of(product), quantity=quantity)
    assert lines_of(basket) == [(product.pk, 3, True)]


def test_a_withdrawn_good_is_saved_and_after_a_removal_saved_again():
    product = ProductFactory()
    basket = basket_with((product, 3))
    type(product).objects.update(is_public=False)
    save_all(basket)
    remove_line(basket=basket, line_id=Line.objects.get().pk)
    put_aside(visitor=Visitor(None, basket.pk), pack=pack_of(product), quantity=3)
    assert lines_of(basket) == [(product.pk, 3, True)]


def test_a_line_is_changed_only_where_it_lies():
    basket = basket_with((ProductFactory(), 3))
    line = Line.objects.get()
    with pytest.raises(Line.DoesNotExist):
        return_line(basket=basket, line_id=line.pk, quantity=3, day=DAY)
    saved = save_line(basket=basket, line_id=line.pk)
    for change in (
        lambda: save_line(basket=basket, line_id=saved.pk),
        lambda: set_quantity(basket=basket, line_id=saved.pk, quantity=1, day=DAY),
        lambda: save_line(basket=basket_with(), line_id=saved.pk),
    ):
        with pytest.raises(Line.DoesNotExist):
            change()
    assert Line.objects.get().quantity == 3


def test_nothing_is_saved_in_an_ordered_basket():
    basket = basket_with((ProductFactory(), 3))
    Basket.objects.update(status=Basket.SUBMITTED)
    with pytest.raises(BasketClosed):
        save_line(basket=basket, line_id=Line.objects.get().pk)
    assert not Line.objects.get().saved


def test_what_is_saved_is_not_ordered():
    wanted, later = ProductFactory(), ProductFactory()
    basket = basket_with((wanted, 2), (later, 3))
    save_line(basket=basket, line_id=basket.lines.get(product__parent=later).pk)
    order = place(basket)
    assert [line.product.parent for line in order.lines.all()] == [wanted]
    assert (stock(wanted).num_allocated, stock(later).num_allocated) == (2, 0)


def close_and_carry_over(basket):
    with transaction.atomic():
        Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED)
        return carry_over_saved(basket=basket)


def test_what_a_guest_has_saved_lies_in_the_next_basket_that_the_same_cookie_finds():
    product = ProductFactory()
    first = basket_with((product, 3))
    visitor = Visitor(None, first.pk)
    basket = first
    for _ in range(3):
        save_all(basket)
        following = close_and_carry_over(basket)
        assert find_basket(visitor=visitor) == following
        assert lines_of(following) == [(product.pk, 3, True)]
        assert lines_of(basket) == []
        basket = following
    assert not Order.objects.exists()


def test_what_a_user_has_saved_lies_in_their_next_basket():
    user = User.objects.create_user("lilan@example.com")
    basket = basket_with((ProductFactory(), 3))
    Basket.objects.update(owner=user)
    basket.refresh_from_db()
    save_all(basket)
    following = close_and_carry_over(basket)
    assert (following.owner, following.continues) == (user, None)
    assert find_basket(visitor=Visitor(user.pk, None)) == following


def test_without_anything_saved_no_basket_follows():
    assert close_and_carry_over(basket_with(ProductFactory())) is None
    assert Basket.objects.count() == 1
