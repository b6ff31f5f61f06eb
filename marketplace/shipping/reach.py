"""What is delivered to one place, for how much, and when it comes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from catalog.origins.models import Region
from marketplace.money import NOTHING
from marketplace.partner.models import Partner
from marketplace.shipping.days import departure_of, first_day
from marketplace.shipping.destination import DEFAULT_REGION
from marketplace.shipping.models import Tariff, Zone
from marketplace.shipping.notes import notes_of
from marketplace.shipping.parcels import (
    GoodsLine,
    Journey,
    Parcel,
    ParcelLine,
    grams_of,
    sort_into_parcels,
)
from marketplace.shipping.refusals import ClassNotDelivered, NotDelivered


@dataclass(frozen=True)
class Reach:
    """What is delivered to one place. `path` leads there from its province, `tariffs` are
    those of its zone by class.

    `zones` are the zones that each class is delivered to. Its methods make no query for lines
    that were read with their goods' districts.
    """

    path: Sequence[Region]
    tariffs: Mapping[str, Tariff]
    zones: Mapping[str, Sequence[Zone]]

    def check(self, line: GoodsLine) -> None:
        """Raise NotDelivered, or ClassNotDelivered, when the line's good does not go there."""
        goods = line.product.parent
        districts = {region.code for region in goods.districts.all()}
        if districts and districts.isdisjoint(region.code for region in self.path):
            raise NotDelivered(line)
        if goods.storage not in self.tariffs:
            raise ClassNotDelivered(line, self.zones.get(goods.storage, ()))

    def goes_widely(self, storage: str) -> bool:
        """Whether the class is delivered to most zones that anything is delivered to."""
        everywhere = {zone.pk for zones in self.zones.values() for zone in zones}
        return 2 * len(self.zones.get(storage, ())) > len(everywhere)

    def carries(self, line: GoodsLine) -> bool:
        try:
            self.check(line)
        except NotDelivered:
            return False
        return True

    def quote(self, lines: Iterable[ParcelLine], now: datetime) -> list[Parcel]:
        """The parcels of the lines: by cooperative as they come, warm before cold.

        A line that does not go there stays in its parcel, but costs and delays nothing.
        """
        groups = enumerate(sort_into_parcels(lines), start=1)
        return [
            Parcel(
                number=number,
                partner=partner,
                storage=storage,
                lines=shared,
                **vars(self.journey(shared, now, partner)),
            )
            for number, (partner, storage, shared) in groups
        ]

    def journey(
        self, lines: Sequence[GoodsLine], now: datetime, shelf: Partner | None = None
    ) -> Journey:
        """Of one parcel's lines, which share a temperature class and come from one shelf."""
        carried = [line for line in lines if self.carries(line)]
        if not carried:
            return Journey(fee=NOTHING)
        goods = [line.product.parent for line in carried]
        tariff = self.tariffs[goods[0].storage]
        departure = departure_of(goods, first_day(now), shelf)
        grams = sum(map(grams_of, carried))
        return Journey(
            grams=grams,
            dispatch_on=departure.day,
            arrives_on=departure.day + timedelta(days=tariff.transit_days),
            notes=notes_of(goods[0].storage, departure),
            **fees_of(tariff, grams, sum((line.amount for line in carried), NOTHING)),
        )


def fees_of(tariff: Tariff, grams: int, amount: Decimal) -> dict[str, Decimal]:
    """What a parcel costs, and what its goods lack until it costs nothing."""
    fee = tariff.fee_for(grams=grams, amount=amount)
    if tariff.free_from is None:
        return {"fee": fee}
    if amount >= tariff.free_from:
        return {"fee": fee, "free_from": tariff.free_from}
    return {"fee": fee, "to_free": tariff.free_from - amount} if fee else {"fee": fee}


def codes_above(region_code: str) -> list[str]:
    """Of the region itself and all that it may lie in: district, city, province."""
    return [region_code, region_code[:6], f"{region_code[:4]}00", f"{region_code[:2]}0000"]


def path_to(region_code: str) -> list[Region]:
    """The regions down to this one, each with its zone if listed; empty for an unknown code."""
    regions = Region.objects.filter(pk__in=codes_above(region_code))
    path = list(regions.select_related("zone_listing").order_by("level"))
    return path if path and path[-1].code == region_code else []


def zone_on(path: Sequence[Region]) -> int | None:
    """The zone of the closest region that is listed; 香港, 澳门, 台湾 have none."""
    listed = [region.zone_listing.zone_id for region in path if hasattr(region, "zone_listing")]
    return listed[-1] if listed else None


def reach_of(region_code: str) -> Reach:
    """In two queries. An unknown code counts as the default district: only a cookie can
    hold one, an order goes to a street that is there.
    """
    path = path_to(region_code) or path_to(DEFAULT_REGION)
    zone_id = zone_on(path)
    tariffs: dict[str, Tariff] = {}
    zones: dict[str, list[Zone]] = {}
    for tariff in Tariff.objects.by_zone():
        zones.setdefault(tariff.storage, []).append(tariff.zone)
        if tariff.zone_id == zone_id:
            tariffs[tariff.storage] = tariff
    return Reach(path, tariffs, zones)
