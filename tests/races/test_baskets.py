"""Signing in while something else happens to the basket: nothing is lost, nothing is doubled."""

from functools import partial

import pytest
from django.db.models import Sum

from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from marketplace.basket.refusals import BasketClosed
from marketplace.basket.saving import return_line, save_line
from marketplace.basket.services import add_pack, find_basket, put_in_basket
from marketplace.basket.visitor import Visitor
from marketplace.order.models import Order
from marketplace.order.refusals import BasketChanged
from tests.factories import ProductFactory, pack_of
from tests.marketplace.buying import DAY, basket_with, place, purchase_of, stock
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def user_with(*wanted) -> User:
    user = User.objects.create_user("lilan@example.com")
    if wanted:
        Basket.objects.filter(pk=basket_with(*wanted).pk).update(owner=user)
    return user


def open_packs(**conditions) -> int:
    lines = Line.objects.filter(basket__status=Basket.OPEN, **conditions)
    return lines.aggregate(total=Sum("quantity"))["total"] or 0


@pytest.mark.parametrize("turn", ROUNDS)
@pytest.mark.parametrize("has_basket", [True, False])
def test_8_windows_that_sign_in_at_once_merge_once(turn, has_basket):
    goods = [ProductFactory() for _ in range(3)]
    user = user_with((goods[0], 2), (goods[1], 1)) if has_basket else user_with()
    guest = basket_with((goods[0], 3), (goods[2], 4))
    results = at_once([partial(find_basket, visitor=Visitor(user.pk, guest.pk))] * 8)
    own = Basket.objects.get(owner=user)
    assert results == [own] * 8
    expected = [5, 1, 4] if has_basket else [3, 4]
    lines = Line.objects.order_by("product__parent").values_list("quantity", flat=True)
    assert list(lines) == expected
    assert len(own.merge_notes) == (2 if has_basket else 0)
    guest.refresh_from_db()
    assert guest.status == Basket.MERGED


@pytest.mark.parametrize("turn", ROUNDS)
def test_what_is_added_while_signing_in_is_all_there_or_refused(turn):
    product = ProductFactory()
    user, guest = user_with((product, 1)), basket_with((product, 1))
    sign_in = partial(find_basket, visitor=Visitor(user.pk, guest.pk))
    as_user = partial(
        put_in_basket,
        visitor=Visitor(user.pk, guest.pk),
        pack=pack_of(product),
        quantity=1,
        day=DAY,
    )
    as_guest = partial(add_pack, basket=guest, pack=pack_of(product), quantity=1, day=DAY)
    results = at_once([sign_in, as_user, as_guest, sign_in, as_user, as_guest])
    added = sum(isinstance(result, Line) for result in results)
    refusals = [result for result in results if isinstance(result, Exception)]
    assert {type(refusal) for refusal in refusals} <= {BasketClosed}
    assert added + len(refusals) == 4
    assert Line.objects.get().quantity == open_packs(basket__owner=user) == 2 + added


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_basket_that_is_ordered_while_signing_in_is_ordered_or_merged(turn):
    product, later = ProductFactory(), ProductFactory()
    user, guest = user_with((product, 1)), basket_with((product, 2), (later, 3))
    save_line(basket=guest, line_id=guest.lines.get(product__parent=later).pk)
    purchase = purchase_of(guest)
    visitor = Visitor(user.pk, guest.pk)
    results = at_once(
        [partial(place, guest, purchase), *[partial(find_basket, visitor=visitor)] * 3]
    )
    placed = Order.objects.count()
    assert isinstance(results[0], Order if placed else BasketChanged)
    guest.refresh_from_db()
    assert guest.status == (Basket.SUBMITTED if placed else Basket.MERGED)
    assert stock(product).num_allocated == 2 * placed
    find_basket(visitor=visitor)
    assert open_packs(basket__owner=user, saved=False) == (1 if placed else 3)


@pytest.mark.parametrize("turn", ROUNDS)
def test_an_own_basket_that_is_ordered_while_signing_in_takes_goods_along_or_leaves_them(turn):
    product = ProductFactory()
    user, guest = user_with((product, 1)), basket_with((product, 2))
    own = Basket.objects.get(owner=user)
    purchase = purchase_of(own)
    sign_in = partial(find_basket, visitor=Visitor(user.pk, guest.pk))
    at_once([partial(place, own, purchase), sign_in, sign_in])
    ordered = stock(product).num_allocated
    assert ordered == Order.objects.count()
    assert open_packs(basket__owner=user) == 3 - ordered


@pytest.mark.parametrize("turn", ROUNDS)
def test_first_adds_that_cross_are_found_together(turn):
    goods = [ProductFactory() for _ in range(4)]
    lines = at_once(
        [
            partial(
                put_in_basket, visitor=Visitor(None, None), pack=pack_of(good), quantity=1, day=DAY
            )
            for good in goods
        ]
    )
    first, *others = sorted(line.basket_id for line in lines)
    visitor = Visitor(None, first, tuple(others))
    found = at_once([partial(find_basket, visitor=visitor)] * 8)
    assert {basket.pk for basket in found} == {first}
    assert open_packs(basket=first) == open_packs() == 4


def test_8_adds_of_a_guest_whose_basket_was_ordered_open_one_basket():
    product = ProductFactory()
    first = basket_with()
    Basket.objects.update(status=Basket.SUBMITTED)
    add = partial(
        put_in_basket,
        visitor=Visitor(None, first.pk),
        pack=pack_of(product),
        quantity=1,
        day=DAY,
    )
    results = at_once([add] * 8)
    assert all(isinstance(result, Line) for result in results)
    assert Basket.objects.get(status=Basket.OPEN).continues == first
    assert open_packs() == 8


def test_a_line_that_is_saved_and_brought_back_at_once_keeps_its_packs():
    product = ProductFactory()
    basket = basket_with((product, 3))
    saved = save_line(basket=basket, line_id=Line.objects.get().pk)
    back = partial(return_line, basket=basket, line_id=saved.pk, quantity=3, day=DAY)
    more = partial(add_pack, basket=basket, pack=pack_of(product), quantity=1, day=DAY)
    results = at_once([back, more, back, more, back])
    assert sum(isinstance(result, Line.DoesNotExist) for result in results) == 2
    assert Line.objects.get().quantity == 5
