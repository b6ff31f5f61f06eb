"""In which numbers a pack is sold: minimum, steps, what is free, and the words for it."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Product
from marketplace.partner.refusals import (
    BelowMinimum,
    NotAStep,
    OutOfStock,
    Refusal,
    most_packs,
    quantity_words,
)
from marketplace.partner.services import check_sale
from tests.factories import ProductFactory, pack_of
from tests.marketplace.buying import DAY, in_english, stock

pytestmark = pytest.mark.django_db


def line_of(quantity, *, least=10, step=5, free=100):
    product = ProductFactory(packs=[("62.00", free, 20000)])
    product.children.update(minimum_quantity=least, quantity_step=step)
    pack = pack_of(product)
    return SimpleNamespace(product=pack, stockrecord=stock(product), quantity=quantity)


def is_sold(line):
    """Whether nothing keeps the line from being sold."""
    try:
        check_sale(line=line, day=DAY)
    except Refusal:
        return False
    return True


def refusal_of(line):
    with pytest.raises((BelowMinimum, NotAStep, OutOfStock)) as refused:
        check_sale(line=line, day=DAY)
    return refused.value


@pytest.mark.parametrize(
    ("most", "within"), [(0, 0), (9, 0), (10, 10), (14, 10), (15, 15), (999, 995)]
)
def test_the_largest_number_within_a_limit_is_the_minimum_and_whole_steps(most, within):
    assert Product(minimum_quantity=10, quantity_step=5).quantity_within(most) == within


@pytest.mark.parametrize("quantity", [10, 15, 100])
def test_the_minimum_and_whole_steps_are_sold(quantity):
    assert is_sold(line_of(quantity))
    assert not is_sold(line_of(quantity + 1))


@pytest.mark.parametrize("quantity", [1, 7, 999])
def test_with_a_step_of_one_every_number_is_sold(quantity):
    assert is_sold(line_of(quantity, least=1, step=1, free=999))
    assert not is_sold(line_of(quantity, least=1, step=1, free=quantity - 1))


@pytest.mark.parametrize(
    ("quantity", "free", "instead", "words"),
    [
        (12, 100, [10, 15], "10 or 15 would be possible."),
        (14, 14, [10], "10 would be possible."),
        (998, 2000, [995], "995 would be possible."),
    ],
)
def test_between_the_steps_the_nearest_numbers_are_named(quantity, free, instead, words):
    refusal = refusal_of(line_of(quantity, free=free))
    assert type(refusal) is NotAStep
    assert refusal.instead == instead
    assert in_english(refusal) == f"Sold in steps of 5 packs: {words}"


def test_below_the_minimum_the_minimum_is_named():
    refusal = refusal_of(line_of(9))
    assert (type(refusal), refusal.instead) == (BelowMinimum, [10])
    assert in_english(refusal) == "Sold from 10 packs upwards, 5 at a time."


@pytest.mark.parametrize(("free", "instead"), [(13, [10]), (9, []), (0, [])])
def test_of_too_few_the_largest_number_that_may_be_bought_is_named(free, instead):
    refusal = refusal_of(line_of(20, free=free))
    assert (type(refusal), refusal.instead) == (OutOfStock, instead)


def test_nobody_is_offered_more_than_one_order_takes():
    assert most_packs(line_of(1, least=1, step=1, free=5000)) == 999


def test_a_pack_that_is_sold_in_any_number_has_no_rule():
    assert quantity_words(Product(minimum_quantity=1, quantity_step=1)) == ""


def test_the_database_keeps_the_step_at_one_or_more():
    ProductFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(structure=Product.CHILD).update(quantity_step=0)
