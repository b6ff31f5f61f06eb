"""Producers and goods that are ready to be sold."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from catalog.models import Category, Product, ProductClass
from catalog.producers.models import Cooperative
from marketplace.partner.models import StockRecord
from marketplace.partner.services import open_shelf, refresh_shelf

WUCHUAN, HALE = "150125", "150125101"
QINGSHUIHE, HONGHE = "150124", "150124101"


def specialty(slug: str = "oat", name: str = "燕麦") -> Category:
    """The root category of that slug, made when missing."""
    found = Category.objects.filter(slug=slug, depth=1).first()
    colours = {"mutton": "lamb", "neighbours": "near"}
    return found or Category.add_root(
        slug=slug, name=name, name_en=slug.title(), colour=colours.get(slug, slug)
    )


class CooperativeFactory(DjangoModelFactory):
    class Meta:
        model = Cooperative

    slug = factory.Sequence(lambda n: f"hezuoshe-{n}")
    name = factory.Sequence(lambda n: f"合作社{n}（虚构）")
    name_en = factory.Sequence(lambda n: f"Cooperative {n} (fictional)")
    short_name = factory.LazyAttribute(lambda o: o.name)
    kind = "cooperative"
    colour = "oat"
    county_id = WUCHUAN
    township_id = HALE
    benefit_modes = ["purchase_contract"]


class ProductFactory(DjangoModelFactory):
    """A product for sale without end, with packs given as [(price, stock, grams)]."""

    class Meta:
        model = Product
        skip_postgeneration_save = True

    structure = "parent"
    title = factory.Sequence(lambda n: f"燕麦片{n}")
    title_en = factory.Sequence(lambda n: f"Oat flakes {n}")
    slug = factory.Sequence(lambda n: f"yanmaipian-{n}")
    product_class = factory.LazyFunction(lambda: ProductClass.objects.get(slug="processed"))
    cooperative = factory.SubFactory(CooperativeFactory)
    specialty = factory.LazyFunction(specialty)
    county_id = factory.LazyAttribute(lambda o: o.cooperative.county_id)
    township_id = factory.LazyAttribute(lambda o: o.cooperative.township_id)
    storage = "ambient"
    season_months = 0b111111111111
    sellable_from = date(2020, 1, 1)
    sellable_until = date(9999, 12, 31)

    @factory.post_generation
    def packs(self, create, packs, **kwargs):
        self.categories.add(self.specialty)
        shelf = open_shelf(cooperative=self.cooperative)
        for number, (price, stock, grams) in enumerate(packs or [("18.00", 100, 1000)]):
            pack = Product.objects.create(
                structure="child",
                parent=self,
                title=f"{grams}g",
                title_en=f"{grams} g",
                slug=f"{self.slug}-{number}",
                net_grams=grams,
                gross_grams=grams + 100,
            )
            StockRecord.objects.create(
                product=pack,
                partner=shelf,
                partner_sku=f"{self.pk}-{number}",
                price_currency="CNY",
                price=Decimal(price),
                num_in_stock=stock,
            )
        refresh_shelf(product_ids=[self.pk])
        self.refresh_from_db()


def pack_of(product: Product, number: int = 0) -> Product:
    """The product's pack of that number, with its stock record."""
    return product.children.select_related("parent").order_by("pk")[number]
