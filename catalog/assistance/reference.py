"""The first categories, modes and schemes of an installation; what is there already stays."""

import tomllib
from pathlib import Path

from django.db import transaction

from catalog.assistance.models import Mode, Scheme, SchemeCounty
from catalog.households.services.reference import load_categories

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_assistance() -> None:
    """Adds rows by their codes; never changes one."""
    load_categories()
    for position, row in enumerate(read("modes", "mode")):
        Mode.objects.get_or_create(code=row.pop("code"), defaults={**row, "position": position})
    for row in read("schemes", "scheme"):
        load_scheme(row)


def load_scheme(row: dict) -> None:
    counties, begins_on = row.pop("counties", []), row.pop("begins_on", None)
    scheme, is_new = Scheme.objects.get_or_create(
        code=row.pop("code"), defaults={**row, "is_bound_to_counties": bool(counties)}
    )
    if is_new:
        SchemeCounty.objects.bulk_create(
            SchemeCounty(scheme=scheme, county_id=county, begins_on=begins_on)
            for county in counties
        )


def read(name: str, key: str) -> list[dict]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))[key]
