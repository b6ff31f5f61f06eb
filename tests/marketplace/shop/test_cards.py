"""Cards are drawn once for what they show; a difference in anything shown is another card."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from catalog.models import Product
from marketplace.partner.services import refresh_shelf, set_stock
from marketplace.shop.cards import card_of
from marketplace.shop.drawing import drawn
from marketplace.shop.facets import Facet, Option
from marketplace.shop.templatetags.shop_cards import facet_group, product_card
from marketplace.shop.vocabulary import read_vocabulary
from tests.factories import ProductFactory, pack_of, specialty
from tests.marketplace.shop.conftest import make_many

pytestmark = pytest.mark.django_db


def read(product: Product) -> Product:
    return Product.objects.for_cards().get(pk=product.pk)


def html_of(product: Product, *, lazy: bool = True) -> str:
    return product_card(read(product), lazy=lazy)


@pytest.fixture
def product(db) -> Product:
    return ProductFactory(title="燕麦片", packs=[("18.00", 9, 1000), ("40.00", 3, 2500)])


def test_a_card_is_drawn_once_while_nothing_on_it_changes(product):
    html_of(product)
    before = drawn.cache_info()
    html_of(product)
    after = drawn.cache_info()
    assert (after.hits, after.misses) == (before.hits + 1, before.misses)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "莜麦片"),
        ("flag", "新"),
        ("storage", "frozen"),
        ("county_id", "150124"),
        ("price_from", "17.00"),
        ("unit_price_from", "8.50"),
        ("in_stock", False),
        ("sellable_until", date(2020, 1, 2)),
        ("slug", "youmai"),
    ],
)
def test_a_changed_field_shows(product, field, value):
    before = html_of(product)
    Product.objects.filter(pk=product.pk).update(**{field: value})
    assert html_of(product) != before


def test_a_pack_that_is_sold_out_is_not_the_one_to_put_in_the_basket(product):
    first, second = pack_of(product), pack_of(product, 1)
    assert f'value="{first.pk}"' in html_of(product)
    set_stock(stockrecord_id=first.stockrecords.get().pk, quantity=0)
    assert f'value="{second.pk}"' in html_of(product)
    set_stock(stockrecord_id=second.stockrecords.get().pk, quantity=0)
    refresh_shelf(product_ids=[product.pk])
    assert "<form" not in html_of(product)


def test_the_languages_are_never_mixed(product):
    Product.objects.filter(pk=product.pk).update(title_en="燕麦片")
    chinese = html_of(product)
    with translation.override("en"):
        english = html_of(product)
        assert "/en/shop/" in english
    assert html_of(product) == chinese
    assert "/en/shop/" not in chinese


def test_only_what_is_lazy_loads_later(db):
    (product,) = make_many(1)
    assert 'loading="lazy"' in html_of(product)
    assert 'loading="lazy"' not in html_of(product, lazy=False)


def test_a_good_without_packs_still_has_a_card(product):
    pack_of(product).stockrecords.all().delete()
    pack_of(product, 1).stockrecords.all().delete()
    assert card_of(read(product), lazy=True).pack is None
    assert "燕麦片" in html_of(product)


def test_a_group_of_filters_follows_its_counts_and_choices():
    option = Option("oat", "燕麦", "oat", 3, False, "/shop/?specialty=oat")

    def group(**changes: object) -> str:
        return facet_group(Facet("specialty", "品种", (replace(option, **changes),)))

    assert group() == group()
    assert group(count=4) != group()
    assert group(selected=True) != group()


def test_what_pages_share_is_read_anew_after_a_change(transactional_db, django_assert_num_queries):
    category = specialty()
    read_vocabulary()
    with django_assert_num_queries(0):
        assert read_vocabulary()["specialty"]["oat"].label == "燕麦"
    with translation.override("en"):
        assert read_vocabulary()["specialty"]["oat"].label == "Oat"
    type(category).objects.filter(pk=category.pk).update(name="莜麦")
    assert read_vocabulary()["specialty"]["oat"].label == "莜麦"
