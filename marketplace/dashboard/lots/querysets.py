"""The lots of one cooperative, and how many packs of each are left."""

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet

from catalog.models import Product
from catalog.producers.models import Cooperative
from catalog.traceability.models import Lot
from catalog.traceability.querysets import LotQuerySet
from marketplace.order.lots import with_packs


def lots_of(cooperative: Cooperative) -> LotQuerySet:
    return Lot.objects.filter(product__cooperative=cooperative)


def find_lots(cooperative: Cooperative, filters: Mapping[str, object]) -> LotQuerySet:
    """Those that fit every filter but the state: q, part of a code or of a good's title."""
    lots = lots_of(cooperative)
    if words := filters.get("q"):
        titles = Q(product__title__icontains=words) | Q(product__title_en__icontains=words)
        lots = lots.filter(titles | Q(code__icontains=words))
    return lots


def count_states(lots: LotQuerySet) -> dict[str, int]:
    counts = dict(lots.order_by().values_list("state").annotate(Count("pk")))
    return {"": sum(counts.values()), **{state: counts.get(state, 0) for state in Lot.State.values}}


def for_rows(lots: LotQuerySet) -> LotQuerySet:
    """Newest first, with the good and the packs that no parcel has taken."""
    return with_packs(lots).select_related("product").order_by("-produced_on", "-pk")


def goods_to_record(cooperative: Cooperative) -> QuerySet[Product]:
    """Its goods, of which a lot can be recorded."""
    goods = Product.objects.filter(structure=Product.PARENT, cooperative=cooperative)
    return goods.select_related("product_class", "specialty", "cooperative").order_by("title", "pk")
