"""Reading goods and categories. Every page reads through a `for_…()` here."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Count, F, IntegerField, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from oscar.apps.catalogue.managers import CategoryQuerySet as OscarCategoryQuerySet
from oscar.apps.catalogue.managers import ProductQuerySet as OscarProductQuerySet
from treebeard.mp_tree import MP_NodeManager

PARENT = "parent"
DEFAULT_ORDER = ("-in_stock", "out_of_season", "-pk")
# All that a product card reads; a field that is missing here would cost a query a card.
CARD_FIELDS = (
    "structure",
    "parent_id",
    "slug",
    "title",
    "title_en",
    "summary",
    "summary_en",
    "flag",
    "flag_en",
    "storage",
    "price_from",
    "unit_price_from",
    "in_stock",
    "is_public",
    "sale_from",
    "sellable_from",
    "sellable_until",
    "cooperative__slug",
    "cooperative__short_name",
    "cooperative__short_name_en",
    "county__name",
    "county__name_en",
    "specialty__colour",
)


def on_shelf(day: date, prefix: str = "") -> Q:
    """The condition of being for sale that day, for use across relations by `prefix`."""
    conditions = {
        "structure": PARENT,
        "is_public": True,
        "sellable_from__lte": day,
        "sellable_until__gte": day,
        "price_from__isnull": False,
    }
    return Q(**{prefix + name: value for name, value in conditions.items()})


def out_of_season(day: date) -> Case:
    """0 when the month of that day is among the product's months of season, else 1."""
    bit = F("season_months").bitand(1 << (day.month - 1))
    return Case(When(GreaterThan(bit, 0), then=0), default=1, output_field=IntegerField())


class ProductQuerySet(OscarProductQuerySet):
    def for_sale(self, day: date) -> Self:
        """Goods that a shopper may be shown: priced, papers valid, inside the sale window."""
        return self.filter(on_shelf(day))

    def in_category(self, category: models.Model) -> Self:
        """Of a specialty all its goods, of a shelf those that stand on it."""
        if category.depth == 1:
            return self.filter(specialty=category)
        return self.filter(categories=category)

    def in_default_order(self, day: date) -> Self:
        """In stock first, then what is in season this month, then the newest listing.

        Nobody can buy a place: neither price, sales nor seller count.
        """
        return self.alias(out_of_season=out_of_season(day)).order_by(*DEFAULT_ORDER)

    def packs(self) -> Self:
        """Public packs with `price` in yuan and `free`, the packs left to sell; cheapest first."""
        return (
            self.filter(structure="child", is_public=True, stockrecords__isnull=False)
            .annotate(
                price=F("stockrecords__price"),
                free=F("stockrecords__num_in_stock") - F("stockrecords__num_allocated"),
            )
            .order_by("price", "pk")
        )

    def for_delivery(self) -> Self:
        """Packs with all that decides where they are sent, when and for how much."""
        packs = self.packs().select_related("parent__cooperative__shelf")
        return packs.prefetch_related("parent__districts")

    def card_rows(self) -> Self:
        """What a product card reads of the product itself, and nothing more."""
        return self.select_related("cooperative", "county", "specialty").only(*CARD_FIELDS)

    def for_cards(self) -> Self:
        """What a product card reads: its row, its badge, pictures and packs."""
        return self.card_rows().with_badge().prefetch_related(*self.card_prefetches())

    def with_badge(self) -> Self:
        """Adds `badge`: the words of a recognition that it or its producer has today, or None.

        Derived for each reading, so that it goes with the last day of the recognition.
        """
        rows = self.model._meta.get_field("recognitions").related_model.objects
        whole = Q(product=None, cooperative=OuterRef("cooperative"))
        held = rows.valid_on(timezone.localdate()).filter(Q(product=OuterRef("pk")) | whole)
        words = JSONObject(label="scheme__label", label_en="scheme__label_en")
        first = held.order_by(F("product").asc(nulls_last=True), "pk").values(words=words)[:1]
        return self.annotate(badge=Subquery(first))

    def in_this_order(self, pks: Iterable[int]) -> list[models.Model]:
        """The products of these keys, in the order of the keys."""
        pks = list(pks)
        rows = {product.pk: product for product in self.filter(pk__in=pks)} if pks else {}
        return [rows[pk] for pk in pks if pk in rows]

    def card_prefetches(self) -> tuple[Prefetch, Prefetch]:
        """Pictures and packs, for one product or many; `packs` becomes a list."""
        images = self.model._meta.get_field("images").related_model
        packs = self.model.objects.packs().only(
            "structure",
            "parent_id",
            "title",
            "title_en",
            "net_grams",
            "net_ml",
            "catch_weight",
            "gross_grams",
            "minimum_quantity",
            "quantity_step",
        )
        return (
            Prefetch("images", queryset=images.objects.order_by("display_order", "pk")),
            Prefetch("children", queryset=packs, to_attr="packs"),
        )

    def for_page(self) -> Self:
        """What the product page reads of the parent itself, withdrawn goods included."""
        return (
            self.with_badge()
            .filter(structure=PARENT)
            .select_related(
                "specialty",
                "township",
                "county",
                "cooperative__township",
                "cooperative__shelf",
                "cooperative__county__parent__parent",
            )
        )

    def going_with(self, product: models.Model, day: date, count: int) -> Self:
        """Goods for sale that go with this one: recommended first, then of its specialty.

        Chosen by the shelf index alone; the caller's columns are read of `count` rows.
        """
        recommended = product.primary_recommendations.values("recommendation")
        unasked = Case(When(pk__in=recommended, then=0), default=1, output_field=IntegerField())
        season = out_of_season(day)
        near = (
            self.model.objects.for_sale(day)
            .filter(Q(pk__in=recommended) | Q(specialty=product.specialty_id))
            .exclude(pk=product.pk)
            .alias(unasked=unasked, out_of_season=season)
            .order_by("unasked", *DEFAULT_ORDER)
        )
        return (
            self.filter(pk__in=near.values("pk")[:count])
            .alias(unasked=unasked, out_of_season=season)
            .order_by("unasked", *DEFAULT_ORDER)
        )


class CategoryQuerySet(OscarCategoryQuerySet):
    def specialties(self) -> Self:
        return self.filter(depth=1).order_by("path")

    def family_of(self, category: models.Model) -> Self:
        """Its specialty, then the shelves of that specialty in their order."""
        root = category.path[: category.steplen]
        return self.browsable().filter(path__startswith=root).order_by("path")

    def with_product_count(self, day: date) -> Self:
        """Adds `product_count`: the goods for sale that day in each specialty."""
        product = self.model._meta.get_field("product").related_model
        counts = (
            product.objects.for_sale(day)
            .filter(specialty=OuterRef("pk"))
            .order_by()
            .values("specialty")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return self.annotate(product_count=Coalesce(Subquery(counts), 0))


class CategoryManager(MP_NodeManager.from_queryset(CategoryQuerySet)):
    """Treebeard's manager, which orders by path, on our queryset."""

    def get_queryset(self) -> CategoryQuerySet:
        return CategoryQuerySet(self.model, using=self._db).order_by("path")
