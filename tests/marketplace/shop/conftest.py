"""A small shelf on which every filter has something to do."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from catalog.models import Product, ProductBadge, ProductImage
from tests.factories import CooperativeFactory, ProductFactory, specialty
from tests.factories.goods import HONGHE, QINGSHUIHE

ORGANIC, GREEN = "organic_certificate", "green_food_certificate"


@pytest.fixture(autouse=True)
def in_chinese():
    """A request leaves its language behind; each test begins in the default one."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def give_badge(product: Product, kind: str, until: date) -> None:
    ProductBadge.objects.create(product=product, kind=kind, valid_until=until)


def make_many(count: int) -> list[Product]:
    """Goods alike, each with two packs and two pictures."""
    maker = CooperativeFactory()
    goods = [
        ProductFactory(cooperative=maker, packs=[("18.00", 100, 1000), ("40.00", 3, 2500)])
        for _ in range(count)
    ]
    ProductImage.objects.bulk_create(
        ProductImage(
            product=product,
            display_order=order,
            original="goods/x.webp",
            renditions=[{"name": "goods/x.240.webp", "width": 240, "height": 300}],
        )
        for product in goods
        for order in (0, 1)
    )
    return goods


@pytest.fixture
def goods(db, today) -> dict[str, Product]:
    """Nine goods for sale and three that are not, by what is special about them.

    Prices for 500 g lie on and beside the bounds of the price bands.
    """
    wuchuan = CooperativeFactory(slug="beipo", short_name="北坡（虚构）")
    qingshuihe = CooperativeFactory(
        slug="yaopan", short_name="窑畔（虚构）", county_id=QINGSHUIHE, township_id=HONGHE
    )
    mutton = {"specialty": specialty("mutton", "肉羊"), "storage": "frozen"}
    made = {
        "cheap": ProductFactory(cooperative=wuchuan, packs=[("9.00", 50, 500)]),
        "ten": ProductFactory(cooperative=wuchuan, packs=[("10.00", 50, 500)]),
        "over_ten": ProductFactory(cooperative=wuchuan, packs=[("10.01", 50, 500)]),
        "thirty": ProductFactory(cooperative=qingshuihe, packs=[("30.00", 50, 500)]),
        "over_thirty": ProductFactory(cooperative=qingshuihe, packs=[("30.01", 50, 500)]),
        "lamb": ProductFactory(cooperative=wuchuan, packs=[("92.00", 9, 1000)], **mutton),
        "lamb_sold_out": ProductFactory(cooperative=wuchuan, packs=[("80.00", 0, 1000)], **mutton),
        "millet": ProductFactory(
            cooperative=qingshuihe,
            specialty=specialty("neighbours", "邻家物产"),
            packs=[("22.00", 50, 1000)],
        ),
        "sold_out": ProductFactory(cooperative=qingshuihe, packs=[("18.00", 0, 1000)]),
        "private": ProductFactory(cooperative=wuchuan, is_public=False),
        "lapsed": ProductFactory(cooperative=wuchuan, sellable_until=today - timedelta(days=1)),
        "without_papers": ProductFactory(
            cooperative=wuchuan, sellable_from=None, sellable_until=None
        ),
    }
    give_badge(made["cheap"], ORGANIC, today)
    give_badge(made["ten"], ORGANIC, today + timedelta(days=9))
    give_badge(made["ten"], GREEN, today + timedelta(days=9))
    give_badge(made["lamb_sold_out"], GREEN, today + timedelta(days=9))
    give_badge(made["thirty"], GREEN, today - timedelta(days=1))
    give_badge(made["private"], ORGANIC, today)
    return made
