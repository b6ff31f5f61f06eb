"""Loading the official list of regions, and putting a name of it right."""

import csv
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.origins.models import Region

REGIONS_CSV = Path(__file__).parent / "data" / "regions.csv"


def level_of(code: str) -> Region.Level:
    if len(code) == 9:
        return Region.Level.STREET
    if code.endswith("0000"):
        return Region.Level.PROVINCE
    return Region.Level.CITY if code.endswith("00") else Region.Level.DISTRICT


class Names(NamedTuple):
    name: str
    name_en: str


def load_regions() -> int:
    """Insert or update every region of the committed list; returns how many there are.

    Whose name was put right by hand is left alone.
    """
    renamed = set(Region.objects.filter(is_renamed=True).values_list("pk", flat=True))
    with REGIONS_CSV.open(encoding="utf-8", newline="") as file:
        regions = [
            Region(
                code=row["code"],
                name=row["name"],
                name_en=row["name_en"],
                level=level_of(row["code"]),
                parent_id=row["parent"] or None,
            )
            for row in csv.DictReader(file)
        ]
    regions.sort(key=lambda region: region.level)
    Region.objects.bulk_create(
        [region for region in regions if region.pk not in renamed],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_en", "level", "parent"],
        batch_size=1000,
    )
    return len(regions)


@transaction.atomic
def rename_region(*, code: str, names: Names) -> Names:
    """Let the region be called so from now on; returns its names before.

    Addresses that were given stay as they were written. Raises ValidationError by field,
    Region.DoesNotExist.
    """
    region = Region.objects.select_for_update(no_key=True).get(pk=code)
    before = Names(region.name, region.name_en)
    if names == before:
        return before
    same = Region.objects.filter(parent=region.parent_id, name=names.name).exclude(pk=code)
    if same.exists():
        raise ValidationError({"name": _("Another place beside it has this name already.")})
    region.name, region.name_en, region.is_renamed = *names, True
    region.save(update_fields=["name", "name_en", "is_renamed"])
    return before
