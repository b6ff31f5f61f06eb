"""Packing a parcel: which lots its lines come from, what it weighs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from catalog.traceability.models import Lot
from marketplace.accounts.models import User
from marketplace.order.lots import good_of, is_expired, packs_used
from marketplace.order.models import Consignment, Line, LineLot
from marketplace.order.packing_refusals import (
    LotExpired,
    LotNotReleased,
    LotOfAnotherGood,
    LotUsedUp,
    PackingRefused,
    PacksDiffer,
    WeightMissing,
    WeightUnlikely,
)
from marketplace.order.services.moves import move
from marketplace.order.states import State
from marketplace.order.weighing import limits_of

__all__ = ["Packing", "PackingRefused", "pack"]


class Packing(NamedTuple):
    """By line, packs of each lot; by line sold by weight, grams of all its packs together."""

    lots: Mapping[int, Mapping[int, int]]
    grams: Mapping[int, int] = MappingProxyType({})


@transaction.atomic
def pack(
    *, consignment: Consignment, packing: Packing, by: User | None, now: datetime
) -> Consignment:
    """Write down the lots and weights of a paid parcel and move it to packed, or change nothing.

    The parcel is locked first, then its lots in pk order: they are still released, and no lot
    gives more packs than it has, whoever packs or recalls meanwhile. Raises MoveRefused,
    PackingRefused.
    """
    (held,) = move(consignments=[consignment], to=State.PACKED, by=by, reason="", now=now)
    lines = list(held.lines.select_related("product").order_by("pk"))
    chosen = {line.pk: taken_of(line, packing) for line in lines}
    lots = Lot.objects.hold({key for taken in chosen.values() for key in taken})
    check_lots(lines, chosen, lots, now)
    LineLot.objects.bulk_create(
        LineLot(line=line, lot=lots[key], quantity=number)
        for line in lines
        for key, number in chosen[line.pk].items()
    )
    weigh(lines, packing)
    return held


def taken_of(line: Line, packing: Packing) -> dict[int, int]:
    """Packs by lot; raises PacksDiffer when they are not exactly the line's."""
    taken = {key: number for key, number in packing.lots.get(line.pk, {}).items() if number}
    if min(taken.values(), default=0) < 0 or sum(taken.values()) != line.quantity:
        raise PacksDiffer(line)
    return taken


def check_lots(
    lines: Iterable[Line],
    chosen: Mapping[int, Mapping[int, int]],
    lots: Mapping[int, Lot],
    now: datetime,
) -> None:
    used, day = packs_used(lots), timezone.localdate(now)
    for line in lines:
        for key, number in chosen[line.pk].items():
            lot = lots.get(key)
            if lot is None or lot.product_id != good_of(line):
                raise LotOfAnotherGood(line)
            if lot.state != Lot.State.RELEASED:
                raise LotNotReleased(line, lot)
            if is_expired(lot, day):
                raise LotExpired(line, lot)
            free = lot.quantity - used.get(key, 0)
            if number > free:
                raise LotUsedUp(line, lot, free)
            used[key] = used.get(key, 0) + number


def weigh(lines: Iterable[Line], packing: Packing) -> None:
    """Keep the weight of what is sold by it. Raises WeightMissing, WeightUnlikely."""
    for line in lines:
        if not line.catch_weight:
            continue
        grams = packing.grams.get(line.pk)
        if grams is None:
            raise WeightMissing(line)
        least, most = limits_of(line)
        if not least <= grams <= most:
            raise WeightUnlikely(line)
        line.weighed_grams = grams
        line.save(update_fields=["weighed_grams"])
