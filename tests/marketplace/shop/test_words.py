from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from catalog.models import Product
from catalog.models.product import UnitPrice
from marketplace.shop.packs import PackOffer, select_pack
from marketplace.shop.templatetags import shop_format
from marketplace.shop.words import dispatch_words, paragraphs, stock_words

PRICE = UnitPrice(Decimal("9.00"), "500g")


def offer(pk: int, free: int) -> PackOffer:
    return PackOffer(pk, f"pack {pk}", Decimal(18), PRICE, free, 1, "")


@pytest.mark.parametrize(
    ("free", "words"),
    [
        (0, "Sold out"),
        (1, "1 left"),
        (19, "19 left"),
        (20, "Plenty in stock"),
        (500, "Plenty in stock"),
    ],
)
def test_stock_is_counted_only_below_twenty(free, words):
    with override("en"):
        assert stock_words(free) == words


@pytest.mark.parametrize(
    ("product", "words"),
    [
        (Product(), "Sent out every day"),
        (Product(dispatch_weekdays=[5, 2]), "Sent out every Tuesday, Friday"),
        (
            Product(ship_from=date(2026, 10, 1), ship_until=date(2026, 11, 30)),
            "Pre-sale: sent out from 1 October to 30 November",
        ),
    ],
)
def test_dispatch_in_words(product, words):
    with override("en"):
        assert dispatch_words(product) == words


def test_money_dates_and_weights_in_chinese():
    with override("zh-hans"):
        assert shop_format.yuan(Decimal("1180")) == "1,180.00"
        assert shop_format.per_unit(PRICE) == "9.00元/500g"
        assert shop_format.cn_date(date(2026, 11, 3)) == "2026年11月3日"
        assert shop_format.cn_day(date(2026, 11, 3)) == "11月3日"
        assert [shop_format.weight(g) for g in (500, 1000, 2500, 20000)] == [
            "500g",
            "1kg",
            "2.5kg",
            "20kg",
        ]


def test_the_day_of_a_moment_is_that_of_beijing():
    early = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    page = Template("{% load shop_format %}{{ at|cn_date }} {{ at|cn_day }} {{ at|time:'H:i' }}")
    with override("zh-hans"):
        assert page.render(Context({"at": early})) == "2026年11月23日 11月23日 06:30"


def test_money_dates_and_weights_in_english():
    with override("en"):
        assert shop_format.per_unit(PRICE) == "¥9.00/500 g"
        assert shop_format.per_unit(UnitPrice(Decimal(13), "500ml")) == "¥13.00/500 ml"
        assert shop_format.cn_date(date(2026, 11, 3)) == "3 November 2026"
        assert shop_format.weight(2500) == "2.5 kg"


def test_chinese_text_is_marked_on_english_pages_alone():
    with override("en"):
        assert shop_format.tongue("推窝窝") == ' lang="zh"'
        assert shop_format.tongue("Oats") == ""
    with override("zh-hans"):
        assert shop_format.tongue("推窝窝") == ""


def test_the_pack_that_is_shown_can_be_bought_if_any_can():
    offers = [offer(1, 0), offer(2, 5), offer(3, 5)]
    assert select_pack(offers, "3").pk == 3
    assert select_pack(offers, "1").pk == 2
    assert select_pack([offer(1, 0), offer(2, 0)], "2").pk == 2
    assert select_pack([], "1") is None


def test_paragraphs_are_parted_by_blank_lines():
    assert paragraphs("一\n二\n\n三\n\n\n") == ["一\n二", "三"]


@pytest.mark.parametrize(
    ("amount", "words"), [("1180", "¥1,180.00"), ("0", "¥0.00"), ("-36", "−¥36.00")]
)
def test_money_below_nothing_has_its_sign_before_the_yuan(amount, words):
    assert shop_format.with_yuan(Decimal(amount)) == words
