"""Baskets to count discounts on, and what is taken off them."""

from django.utils.translation import override

from marketplace.basket.models import Line
from marketplace.offer.services import Person, discounts_for
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, basket_with

LILAN = Person(mobile="13800001234")


def good(price="18.00", **values):
    return ProductFactory(packs=[(price, 100, 1000)], **values)


def lines_of(*wanted):
    basket = basket_with(*wanted)
    return list(Line.objects.for_sale_check().filter(basket=basket).order_by("pk"))


def discounts(lines, code="", person=LILAN, now=NOW):
    with override("en"):
        return discounts_for(lines=lines, voucher_code=code, person=person, now=now)


def amounts(*args, **kwargs):
    return [str(row.amount) for row in discounts(*args, **kwargs).rows]
