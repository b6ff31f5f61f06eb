"""Goods. A product is always a parent with one or more packs as its children.

Address, pictures, facets, papers and season lie on the parent; weight, price and stock on
the packs. `price_from`, `unit_price_from` and `in_stock` are kept on the parent by
marketplace.partner.services, `sellable_from` and `sellable_until` by catalog.compliance.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProduct, AbstractProductClass
from wagtail.search import index

from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from catalog.querysets import ProductQuerySet
from marketplace.localised import localised, localised_property
from marketplace.pictures import Picture

FEN = Decimal("0.01")
UNIT_BASE = Decimal(500)
FILTERS = ["pk", "structure", "is_public", "in_stock", "specialty", "county", "cooperative"]
SHARED = ["specialty", "county", "township", "cooperative"]
NAMES = [index.SearchField("name", boost=1), index.SearchField("name_en", boost=1)]


class UnitPrice(NamedTuple):
    """Yuan for 500 g (or 500 ml), as Chinese price rules want it beside the price."""

    amount: Decimal
    per: str


class ProductClass(AbstractProductClass):
    """A legal regime: which papers are required, whether the no-reason return applies."""

    name_en = models.CharField(_("Name in English"), max_length=80, blank=True)


class Storage(models.TextChoices):
    """Temperature class; goods of different classes never share a parcel."""

    AMBIENT = "ambient", _("Ambient")
    AMBIENT_FRESH = "ambient_fresh", _("Ambient, fresh")
    CHILLED = "chilled", _("Chilled 0–4 °C")
    FROZEN = "frozen", _("Frozen −18 °C")


class Product(index.Indexed, AbstractProduct):
    """A good (parent) or one of its packs (child)."""

    title_en = models.CharField(_("Title in English"), max_length=255, blank=True)
    summary = models.CharField(_("Summary"), max_length=255, blank=True)
    summary_en = models.CharField(_("Summary in English"), max_length=500, blank=True)

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, null=True, blank=True, related_name="products"
    )
    specialty = models.ForeignKey(
        "catalogue.Category", models.PROTECT, null=True, blank=True, related_name="+"
    )
    township = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    county = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    storage = models.CharField(_("Storage"), max_length=13, choices=Storage.choices, blank=True)
    shelf_life = models.CharField(_("Shelf life"), max_length=40, blank=True)
    shelf_life_en = models.CharField(_("Shelf life in English"), max_length=60, blank=True)
    shelf_life_days = models.PositiveSmallIntegerField(_("Shelf life, days"), default=0)
    season = models.CharField(_("Season"), max_length=60, blank=True)
    season_en = models.CharField(_("Season in English"), max_length=100, blank=True)
    season_months = models.PositiveSmallIntegerField(
        _("Months in season"), default=0, help_text=_("One bit per month, January lowest.")
    )
    flag = models.CharField(_("Flag"), max_length=8, blank=True)
    flag_en = models.CharField(_("Flag in English"), max_length=20, blank=True)

    sale_from = models.DateField(_("On sale from"), null=True, blank=True)
    sale_until = models.DateField(_("On sale until"), null=True, blank=True)
    ship_from = models.DateField(_("Ships from"), null=True, blank=True)
    ship_until = models.DateField(_("Ships until"), null=True, blank=True)
    dispatch_weekdays = models.JSONField(
        _("Dispatch weekdays"), default=list, blank=True, help_text=_("1 is Monday; empty: daily.")
    )
    districts = models.ManyToManyField(
        Region, blank=True, related_name="+", help_text=_("Empty: everywhere we deliver.")
    )

    storage_advice = models.TextField(_("How to keep it"), blank=True)
    ingredients = models.TextField(_("Ingredients"), blank=True)
    allergens = models.CharField(_("Allergens"), max_length=120, blank=True)
    standard = models.CharField(_("Product standard"), max_length=60, blank=True)
    label_text = models.TextField(_("Further label text"), blank=True)
    tolerance = models.CharField(_("Weight tolerance"), max_length=40, blank=True)
    gi_mark = models.CharField(_("Geographical indication sought"), max_length=60, blank=True)

    net_grams = models.PositiveIntegerField(_("Net weight, g"), null=True, blank=True)
    net_ml = models.PositiveIntegerField(_("Net volume, ml"), null=True, blank=True)
    catch_weight = models.BooleanField(_("Weighed when packed"), default=False)
    gross_grams = models.PositiveIntegerField(_("Weight in the parcel, g"), default=0)
    minimum_quantity = models.PositiveSmallIntegerField(_("Minimum quantity"), default=1)
    quantity_step = models.PositiveSmallIntegerField(
        _("Quantity step"), default=1, help_text=_("Packs that are added to the minimum at a time.")
    )

    price_from = models.DecimalField(
        _("Lowest price"), max_digits=12, decimal_places=2, null=True, editable=False
    )
    unit_price_from = models.DecimalField(
        _("Lowest price per 500 g"), max_digits=12, decimal_places=2, null=True, editable=False
    )
    in_stock = models.BooleanField(_("In stock"), default=False, editable=False)
    sellable_from = models.DateField(_("Sellable from"), null=True, editable=False)
    sellable_until = models.DateField(_("Sellable until"), null=True, editable=False)
    withdrawal = models.ForeignKey(
        "catalogue.Withdrawal",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("Withdrawal"),
    )

    objects = ProductQuerySet.as_manager()

    # A boost of 2 ranks with the title, of 1 with the names; see marketplace.search.documents.
    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("title_en", boost=2),
        index.SearchField("summary"),
        index.SearchField("ingredients"),
        index.RelatedFields(
            "children",
            [index.SearchField("title", boost=1), index.SearchField("title_en", boost=1)],
        ),
        index.RelatedFields("categories", NAMES),
        index.RelatedFields("specialty", NAMES),
        index.RelatedFields("county", NAMES),
        index.RelatedFields("township", NAMES),
        index.RelatedFields(
            "cooperative",
            [index.SearchField("short_name", boost=1), index.SearchField("short_name_en", boost=1)],
        ),
        *map(index.FilterField, FILTERS),
    ]

    class Meta(AbstractProduct.Meta):
        ordering = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(structure="child")
                | Q(net_grams__gt=0, net_ml__isnull=True)
                | Q(net_ml__gt=0, net_grams__isnull=True, catch_weight=False),
                name="pack_has_weight_or_volume",
            ),
            models.CheckConstraint(
                condition=Q(minimum_quantity__gte=1), name="pack_minimum_at_least_one"
            ),
            models.CheckConstraint(
                condition=Q(quantity_step__gte=1), name="pack_step_at_least_one"
            ),
            models.CheckConstraint(
                condition=Q(sale_from__isnull=True) | Q(sale_until__gte=F("sale_from")),
                name="product_sale_window_ordered",
            ),
            models.CheckConstraint(
                condition=~Q(structure="parent")
                | Q(cooperative__isnull=False, specialty__isnull=False, county__isnull=False),
                name="product_has_maker_and_place",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal__isnull=True)
                | Q(sellable_from__isnull=True, sellable_until__isnull=True),
                name="product_withdrawn_is_not_sellable",
            ),
        ]
        # All that lists filter, count and order by: they read this index and never the table.
        indexes = [
            models.Index(
                fields=[
                    "specialty",
                    "sellable_until",
                    "sellable_from",
                    "in_stock",
                    "county",
                    "cooperative",
                    "storage",
                    "price_from",
                    "unit_price_from",
                    "season_months",
                    "id",
                ],
                name="product_shelf",
                condition=Q(structure="parent", is_public=True, price_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_title()

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet:
        """Goods, with no more than their search fields; packs are found through them."""
        packs = cls.objects.only("parent_id", "title", "title_en")
        texts = ("structure", "title", "title_en", "summary", "ingredients", "parent_id")
        return (
            cls.objects.filter(structure=cls.PARENT)
            .only(*texts, *SHARED)
            .prefetch_related(models.Prefetch("children", packs), "categories", *SHARED)
        )

    def get_indexed_instance(self) -> Self | None:
        """None for a pack, whose words stand in its good's entry; see catalog.receivers."""
        return self if self.structure == self.PARENT else None

    def get_absolute_url(self) -> str:
        return reverse("shop:product", args=[self.slug, self.parent_id or self.pk])

    @property
    def name(self) -> str:
        return localised(self, "title")

    summary_text = localised_property("summary")
    season_text = localised_property("season")
    shelf_life_text = localised_property("shelf_life")
    flag_text = localised_property("flag")

    @property
    def storage_label(self) -> str:
        return self.get_storage_display()

    @property
    def colour(self) -> str:
        return self.specialty.colour

    @property
    def pictures(self) -> list[Picture]:
        """Of the prefetched images, in their order."""
        return [image.picture for image in self.images.all() if image.renditions]

    @property
    def picture(self) -> Picture | None:
        """The first of `pictures`."""
        return next((image.picture for image in self.images.all() if image.renditions), None)

    @property
    def first_pack(self) -> "Product | None":
        """Of a parent with `packs`: the cheapest that can be bought now, else the cheapest."""
        buyable = (pack for pack in self.packs if pack.free >= pack.minimum_quantity)
        return next(buyable, self.packs[0] if self.packs else None)

    @property
    def pack_count(self) -> int:
        """Of a parent with `packs`."""
        return len(self.packs)

    @property
    def unit_price(self) -> UnitPrice:
        """Of a parent with `packs`: that of the pack whose price is `price_from`."""
        return UnitPrice(self.unit_price_from, (self.first_pack or self).unit_measure)

    @property
    def on_sale(self) -> bool:
        return self.is_sellable_on(timezone.localdate())

    @property
    def is_perishable(self) -> bool:
        """Fresh or chilled food: the seven-day return does not apply (consumer law art. 25)."""
        return self.storage in (Storage.AMBIENT_FRESH, Storage.CHILLED)

    @property
    def unit_measure(self) -> str:
        return "500ml" if self.net_ml else "500g"

    def unit_price_for(self, price: Decimal) -> UnitPrice:
        """Of a pack: price over net weight or volume, to the fen, half up."""
        amount = price * UNIT_BASE / Decimal(self.net_ml or self.net_grams)
        return UnitPrice(amount.quantize(FEN, ROUND_HALF_UP), self.unit_measure)

    def quantity_within(self, most: int) -> int:
        """Of a pack: the largest number of packs that may be bought, `most` at most; 0 for none.

        What may be bought is the minimum and any number of steps on top of it.
        """
        if most < self.minimum_quantity:
            return 0
        return most - (most - self.minimum_quantity) % self.quantity_step

    def is_sellable_on(self, day: date) -> bool:
        """Of a parent: papers in order and inside the sale window."""
        return (
            self.is_public
            and self.sellable_until is not None
            and self.sellable_from <= day <= self.sellable_until
        )
