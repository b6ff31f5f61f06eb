"""The operator's changes to tariffs, and the zones that every installation begins with."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from catalog.models.product import Storage
from marketplace.shipping.models import Tariff, Zone, ZoneRegion

ZONES_TOML = Path(__file__).parent / "data" / "zones.toml"


class Terms(NamedTuple):
    """Of a tariff: amounts in yuan, `free_from` None when the fee never falls away."""

    base_fee: Decimal
    base_grams: int
    step_fee: Decimal
    step_grams: int
    free_from: Decimal | None
    transit_days: int


@transaction.atomic
def set_tariff(*, zone: Zone, storage: str, terms: Terms) -> Tariff:
    """Begin or change the delivery of a temperature class to a zone, for orders from now on.

    Raises ValidationError, by field, when the terms make no tariff; nothing is changed then.
    """
    Zone.objects.select_for_update().get(pk=zone.pk)
    tariff = Tariff.objects.filter(zone=zone, storage=storage).first()
    tariff = tariff or Tariff(zone=zone, storage=storage)
    for field, value in terms._asdict().items():
        setattr(tariff, field, value)
    tariff.full_clean()
    tariff.save()
    return tariff


def remove_tariff(*, zone: Zone, storage: str) -> bool:
    """End the delivery of a temperature class to a zone; False when there was none."""
    return bool(Tariff.objects.filter(zone=zone, storage=storage).delete()[0])


@transaction.atomic
def load_zones() -> int:
    """Insert the zones that are missing, with their tariffs; returns how many were.

    A zone that is there is left as the operator made it: no fee is overwritten, and no
    tariff that was taken away comes back.
    """
    made = 0
    for order, row in enumerate(tomllib.loads(ZONES_TOML.read_text(encoding="utf-8"))["zone"]):
        names = {"name": row["name"], "name_en": row["name_en"], "order": order}
        zone, is_new = Zone.objects.get_or_create(slug=row["slug"], defaults=names)
        if is_new:
            fill_zone(zone, row)
            made += 1
    return made


def fill_zone(zone: Zone, row: dict) -> None:
    listings = [ZoneRegion(zone=zone, region_id=code) for code in row["regions"]]
    ZoneRegion.objects.bulk_create(listings, ignore_conflicts=True)
    for storage, given in row["tariffs"].items():
        terms = Terms(
            base_fee=Decimal(given["base_fee"]),
            base_grams=given["base_grams"],
            step_fee=Decimal(given["step_fee"]),
            step_grams=given["step_grams"],
            free_from=Decimal(given["free_from"]) if "free_from" in given else None,
            transit_days=given["transit_days"],
        )
        set_tariff(zone=zone, storage=Storage(storage), terms=terms)
