"""What a pack says of how it is sold."""

import pytest
from django.utils.translation import override

from catalog.models import Product
from marketplace.shop.packs import offer_packs
from tests.factories import ProductFactory
from tests.marketplace.packing import cut_of_mutton

pytestmark = pytest.mark.django_db


def rules(product) -> list[str]:
    with override("en"):
        return [one.rule for one in offer_packs(Product.objects.filter(parent=product).packs())]


def test_what_is_sold_by_weight_says_that_the_difference_goes_back():
    mutton = cut_of_mutton()
    weighed = "Weighed when packed: if it is lighter, the difference goes back to you."
    assert rules(mutton) == [weighed]
    mutton.children.update(minimum_quantity=2)
    (both,) = rules(mutton)
    assert both.endswith(f" {weighed}")
    assert rules(ProductFactory()) == [""]
