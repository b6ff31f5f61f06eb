"""From which lots the lines of parcels can be packed, the first to expire first."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from catalog.traceability.models import Lot
from catalog.traceability.querysets import LotQuerySet
from marketplace.order.models import Line, LineLot
from marketplace.order.states import GIVEN_UP


class LotOnOffer(NamedTuple):
    """A released lot with packs left; `best_before` is None where no shelf life is known."""

    lot: Lot
    free: int
    best_before: date | None


def best_before(lot: Lot) -> date | None:
    """Its last day, by its good's shelf life."""
    days = lot.product.shelf_life_days
    return lot.produced_on + timedelta(days=days) if days else None


def is_expired(lot: Lot, day: date) -> bool:
    last = best_before(lot)
    return last is not None and last < day


def with_packs(lots: LotQuerySet) -> LotQuerySet:
    """Each with the packs that lie in parcels as `packed`, those of parcels given up are back; and
    with those `left`."""
    parcels = LineLot.objects.exclude(line__consignment__state__in=GIVEN_UP)
    of_lot = parcels.filter(lot=OuterRef("pk")).order_by().values("lot")
    packed = Coalesce(Subquery(of_lot.annotate(packs=Sum("quantity")).values("packs")), 0)
    return lots.annotate(packed=packed, left=F("quantity") - F("packed"))


def packs_used(lots: Collection[int]) -> dict[int, int]:
    """Packs of each of these lots that lie in parcels."""
    return dict(with_packs(Lot.objects.filter(pk__in=lots)).values_list("pk", "packed"))


def lots_on_offer(*, goods: Collection[int], day: date) -> dict[int, list[LotOnOffer]]:
    """By good (a parent's key), the lots that can be packed that day, first to expire first."""
    lots = with_packs(Lot.objects.released().filter(product__in=goods))
    lots = lots.filter(left__gt=0).select_related("product")
    offers: dict[int, list[LotOnOffer]] = {key: [] for key in goods}
    for lot in lots:
        if not is_expired(lot, day):
            offer = LotOnOffer(lot, lot.left, best_before(lot))
            offers[lot.product_id].append(offer)
    for some in offers.values():
        some.sort(key=lambda offer: (offer.best_before or date.max, offer.lot.produced_on))
    return offers


def propose(
    lines: Iterable[Line], offers: Mapping[int, list[LotOnOffer]]
) -> dict[int, dict[int, int]]:
    """By line, packs of each lot: the first to expire are used up first.

    Lines of one good share its lots. A line for which there is not enough gets what there is.
    """
    left = {offer.lot.pk: offer.free for some in offers.values() for offer in some}
    proposed: dict[int, dict[int, int]] = {}
    for line in lines:
        wanted, taken = line.quantity, {}
        for offer in offers.get(good_of(line), []):
            number = min(wanted, left[offer.lot.pk])
            if number:
                taken[offer.lot.pk] = number
                left[offer.lot.pk] -= number
                wanted -= number
        proposed[line.pk] = taken
    return proposed


def good_of(line: Line) -> int | None:
    """The parent's key; None when the pack is not in the catalogue any more."""
    return line.product.parent_id if line.product else None
