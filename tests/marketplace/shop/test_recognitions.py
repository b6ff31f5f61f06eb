"""Badges of recognitions: on the good, its producer and its card, and only while they are true."""

import re
from datetime import timedelta

import pytest

from catalog.assistance.models import SchemeCounty
from catalog.models import Product
from marketplace.shop.templatetags.shop_cards import product_card
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.goods import HONGHE, QINGSHUIHE
from tests.factories.recognitions import recognised, scheme_of

pytestmark = pytest.mark.django_db

BADGE = re.compile(r'<span class="badge badge--paper">.*?</svg>(.*?)</span>')


@pytest.fixture
def maker():
    return CooperativeFactory(name_en="North Slope (fictional)")


@pytest.fixture
def product(maker):
    return ProductFactory(cooperative=maker)


def text_of(client, address: str) -> str:
    return client.get("/en" + address.removeprefix("/en")).content.decode()


def badges_in(html: str) -> list[str]:
    return BADGE.findall(html)


def card(product) -> str:
    return product_card(Product.objects.for_cards().get(pk=product.pk))


def everywhere(client, product) -> list[list[str]]:
    """The badges on its page, on its producer's, on its card and in the list."""
    page = text_of(client, product.get_absolute_url())
    offer = page[page.index('class="offer"') : page.index("offer__title")]
    maker = text_of(client, product.cooperative.get_absolute_url())
    head = maker[maker.index("cooperative-head") : maker.index("</header>", maker.index("<main"))]
    return [badges_in(offer), badges_in(head), badges_in(text_of(client, "/shop/"))]


def test_a_good_shows_its_own_and_its_producers_with_number_holder_and_days(
    client, product, maker, today
):
    recognised(scheme_of("mengzi"), maker, number="MZ-77", ends=today)
    recognised(scheme_of("832"), maker, product, number="832-1")
    page = text_of(client, product.get_absolute_url())
    assert badges_in(page)[:2] == ["Listed on 832", "Mengzi mark"]
    for words in (
        "Online sales platform for farm goods of former poverty counties (832)",
        "<dd>832-1</dd>",
        "Mengzi certification",
        "<dd>MZ-77</dd>",
        "<dd>North Slope (fictional)</dd>",
        "1 January 2026 to",
        "since 1 January 2026",
    ):
        assert words in page


def test_where_each_is_shown(client, product, maker):
    other = ProductFactory(cooperative=maker)
    recognised(scheme_of("832"), maker, product, number="832-1")
    assert everywhere(client, product) == [["Listed on 832"], [], ["Listed on 832"]]
    assert everywhere(client, other)[0] == []
    producers = text_of(client, maker.get_absolute_url())
    assert "<dd>832-1</dd>" in producers
    assert product.title_en in producers
    recognised(scheme_of("mengzi"), maker)
    assert everywhere(client, other) == [
        ["Mengzi mark"],
        ["Mengzi mark"],
        ["Mengzi mark", "Listed on 832"],
    ]


def test_a_card_shows_its_own_before_that_of_its_producer(product, maker):
    assert badges_in(card(product)) == []
    recognised(scheme_of("mengzi"), maker)
    assert badges_in(card(product)) == ["蒙字标"]
    recognised(scheme_of("832"), maker, product)
    assert badges_in(card(product)) == ["832平台在册"]


def test_it_is_gone_after_its_last_day(client, product, maker, today):
    found = recognised(scheme_of("832"), maker, ends=today)
    assert everywhere(client, product) == [["Listed on 832"]] * 3
    type(found).objects.update(valid_until=today - timedelta(days=1))
    assert everywhere(client, product) == [[]] * 3
    assert badges_in(card(product)) == []


def test_it_is_gone_when_the_county_leaves_the_list(client, product, maker, today):
    recognised(scheme_of("832"), maker)
    SchemeCounty.objects.update(ends_on=today - timedelta(days=1))
    assert everywhere(client, product) == [[]] * 3


def test_of_another_county_it_never_was_one(client, today):
    maker = CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)
    good = ProductFactory(cooperative=maker)
    recognised(scheme_of("832"), maker, good)
    assert everywhere(client, good) == [[]] * 3


@pytest.mark.parametrize("count", [1, 24])
def test_badges_cost_a_list_nothing(client, maker, count, django_assert_max_num_queries):
    for _ in range(count):
        recognised(scheme_of("832"), maker, ProductFactory(cooperative=maker))
    client.get("/en/shop/")
    with django_assert_max_num_queries(12):
        assert len(badges_in(text_of(client, "/shop/"))) == count
