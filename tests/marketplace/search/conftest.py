"""Goods that the index knows."""

from collections.abc import Callable

import pytest

from catalog.models import Product, ProductClass
from marketplace.search.models import SynonymGroup
from marketplace.search.services import index_objects
from tests.factories import CooperativeFactory, ProductFactory, specialty

# title, title in English, specialty, summary, grams of the packs
SHELF = {
    "oat_flour": ("石磨莜面粉", "Stone-milled oat flour", "oat", "炒过的新麦慢碾。", (1000, 5000)),
    "oat_rice": ("有机裸燕麦米", "Organic hulless oat groats", "oat", "和大米一起焖。", (2500,)),
    "potato": ("武川土豆（黄心鲜食）", "Wuchuan potatoes", "potato", "蒸熟蘸盐。", (2500, 5000)),
    "starch": ("马铃薯淀粉", "Potato starch", "potato", "勾芡挂糊。", (400,)),
    "lamb_rolls": ("羔羊肉卷", "Lamb rolls for hot pot", "mutton", "涮锅用，薄而不散。", (400,)),
    "shumai": ("羊肉大葱烧麦", "Mutton and scallion shumai", "mutton", "蘸醋吃。", (500,)),
    "oil": ("冷榨胡油（亚麻籽油）", "Cold-pressed linseed oil", "neighbours", "拌莜面香。", (500,)),
    "millet": ("清水河小香米", "Qingshuihe fragrant millet", "neighbours", "熬出米油。", (1000,)),
}
NAMES = {"oat": "燕麦", "potato": "马铃薯", "mutton": "羊肉", "neighbours": "邻里好物"}


def make_good(title: str, **fields: object) -> Product:
    """One good with a pack, on the index."""
    product = ProductFactory(title=title, **{"title_en": "", **fields})
    index_objects(model=Product, pks=[product.pk])
    return product


@pytest.fixture
def shelf(db) -> dict[str, Product]:
    """Eight goods of one cooperative by short names, in the order of their keys.

    Written in bulk and without stock, for many tests read them.
    """
    cooperative = CooperativeFactory(short_name="青盐坡", short_name_en="Qingyanpo")
    regime = ProductClass.objects.get(slug="processed")
    goods = {}
    for name, (title, title_en, slug, summary, _packs) in SHELF.items():
        goods[name] = Product(
            structure=Product.PARENT,
            title=title,
            title_en=title_en,
            slug=name,
            summary=summary,
            specialty=specialty(slug, NAMES[slug]),
            cooperative=cooperative,
            product_class=regime,
            county_id=cooperative.county_id,
            township_id=cooperative.township_id,
        )
    Product.objects.bulk_create(goods.values())
    Product.objects.bulk_create(
        Product(
            structure=Product.CHILD,
            parent=goods[name],
            title=f"{grams}g",
            slug=name,
            net_grams=grams,
        )
        for name, (*_texts, packs) in SHELF.items()
        for grams in packs
    )
    index_objects(model=Product, pks=[product.pk for product in goods.values()])
    return goods


@pytest.fixture
def names(shelf) -> Callable[[object], list[str]]:
    """The short names of goods found, in their order."""
    by_key = {product.pk: name for name, product in shelf.items()}
    return lambda products: [by_key[product.pk] for product in products]


@pytest.fixture
def no_synonyms(db) -> None:
    SynonymGroup.objects.all().delete()
