"""Reading a cooperative's goods as it finds and sees them in the back office."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from catalog.producers.models import Cooperative
from catalog.querysets import ProductQuerySet, on_shelf
from marketplace.partner.models import StockRecord
from marketplace.partner.querysets import StockRecordQuerySet

SELLING, SOLD_OUT, NOT_FOR_SALE = "selling", "sold_out", "not_for_sale"
STATES = [
    (SELLING, _("For sale")),
    (SOLD_OUT, _("Sold out")),
    (NOT_FOR_SALE, _("Not for sale")),
]


def find_goods(cooperative: Cooperative, filters: Mapping[str, object]) -> ProductQuerySet:
    """The cooperative's goods that fit the words in `q`."""
    goods = Product.objects.filter(structure=Product.PARENT, cooperative=cooperative)
    if words := filters.get("q"):
        goods = goods.filter(Q(title__icontains=words) | Q(title_en__icontains=words))
    return goods


def is_in(state: str, day: date) -> Q:
    if state == NOT_FOR_SALE:
        return ~on_shelf(day)
    return on_shelf(day) & Q(in_stock=state == SELLING)


def count_states(goods: ProductQuerySet, day: date) -> dict[str, int]:
    counts = {state: Count("pk", filter=is_in(state, day)) for state, _label in STATES}
    found = goods.order_by().aggregate(**counts, every=Count("pk"))
    return {"": found.pop("every"), **found}


def for_goods(goods: ProductQuerySet) -> ProductQuerySet:
    """What a row, or the page of one good, reads: pictures and every pack; newest first."""
    packs = (
        Product.objects.filter(structure=Product.CHILD, stockrecords__isnull=False)
        .annotate(
            record=F("stockrecords__pk"),
            price=F("stockrecords__price"),
            in_store=F("stockrecords__num_in_stock"),
            free=F("stockrecords__num_in_stock") - F("stockrecords__num_allocated"),
        )
        .order_by("price", "pk")
    )
    return (
        goods.select_related("specialty", "product_class", "cooperative", "withdrawal")
        .prefetch_related("images", Prefetch("children", queryset=packs, to_attr="packs"))
        .order_by("-pk")
    )


def packs_of(cooperative: Cooperative, filters: Mapping[str, object]) -> StockRecordQuerySet:
    """The packs on the cooperative's shelf, by good and size: the rows of the price table."""
    packs = StockRecord.objects.filter(
        partner__cooperative=cooperative, product__parent__isnull=False
    )
    if words := filters.get("q"):
        packs = packs.filter(
            Q(product__parent__title__icontains=words)
            | Q(product__parent__title_en__icontains=words)
        )
    return packs.select_related("product__parent").order_by("product__parent__title", "pk")
