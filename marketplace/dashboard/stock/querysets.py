"""Reading the stock of packs as the back office finds and shows it."""

from collections.abc import Mapping
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.partner.models import StockRecord
from marketplace.partner.querysets import StockRecordQuerySet

FEW = 10
FREE = F("num_in_stock") - F("num_allocated")
SOLD_OUT, LOW = "sold_out", "low"
NAMES = ("product__parent__title", "product__parent__title_en", "product__title", "partner_sku")
LEVELS = [(SOLD_OUT, _("Sold out")), (LOW, _("Few left"))]


def find_packs(filters: Mapping[str, object]) -> StockRecordQuerySet:
    """Packs that fit every filter but the level: q (words in names or number), cooperative."""
    packs = StockRecord.objects.filter(product__parent__isnull=False)
    if words := filters.get("q"):
        packs = packs.filter(reduce(or_, (Q(**{f"{name}__icontains": words}) for name in NAMES)))
    if slug := filters.get("cooperative"):
        packs = packs.filter(partner__cooperative__slug=slug)
    return packs


def at_level(packs: StockRecordQuerySet, level: str) -> StockRecordQuerySet:
    return packs.alias(left=FREE).filter(_is(level))


def count_levels(packs: StockRecordQuerySet) -> dict[str, int]:
    """How many packs are sold out, have few left, and ("") are there at all."""
    counts = {level: Count("pk", filter=_is(level)) for level, _label in LEVELS}
    found = packs.order_by().annotate(left=FREE).aggregate(**counts, every=Count("pk"))
    return {"": found.pop("every"), **found}


def _is(level: str) -> Q:
    """Sold out is what has fewer packs free than the fewest that may be bought."""
    sold_out = Q(left__lt=F("product__minimum_quantity"))
    return sold_out if level == SOLD_OUT else ~sold_out & Q(left__lte=FEW)


def for_rows(packs: StockRecordQuerySet) -> StockRecordQuerySet:
    """What a row of the table reads, by cooperative and good."""
    return packs.select_related("product__parent", "partner__cooperative").order_by(
        "partner__cooperative__short_name", "product__parent__title", "product_id"
    )
