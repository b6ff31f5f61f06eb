"""Loading the official list of regions."""

import csv
from pathlib import Path

from catalog.origins.models import Region

REGIONS_CSV = Path(__file__).parent / "data" / "regions.csv"


def level_of(code: str) -> Region.Level:
    if len(code) == 9:
        return Region.Level.STREET
    if code.endswith("0000"):
        return Region.Level.PROVINCE
    return Region.Level.CITY if code.endswith("00") else Region.Level.DISTRICT


def load_regions() -> int:
    """Insert or update every region of the committed list; returns how many there are."""
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
        regions,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_en", "level", "parent"],
        batch_size=1000,
    )
    return len(regions)
