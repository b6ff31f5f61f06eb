"""Which counties may recommend, from when until when."""

import tomllib
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.origins.models import Region
from catalog.producers.admission.models import AdmissionCounty

COUNTIES_TOML = Path(__file__).parents[2] / "data" / "counties.toml"


@transaction.atomic
def load_counties() -> int:
    """The first counties of an installation that has none; returns how many were added."""
    if AdmissionCounty.objects.exists():
        return 0
    rows = tomllib.loads(COUNTIES_TOML.read_text(encoding="utf-8"))["county"]
    for row in rows:
        AdmissionCounty.objects.create(region_id=row.pop("region"), **row)
    return len(rows)


@transaction.atomic
def set_county(
    *,
    county_id: int | None,
    region: Region,
    begins_on: date,
    ends_on: date | None,
    notice_days: int,
) -> AdmissionCounty:
    """Add a county, or change its days. Raises ValidationError by field.

    The region is locked: its spans of days are written one at a time and never overlap.
    """
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    if ends_on and ends_on < begins_on:
        raise ValidationError({"ends_on": _("It cannot end before it begins.")})
    others = AdmissionCounty.objects.filter(region=region).exclude(pk=county_id)
    clashing = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=begins_on))
    if ends_on:
        clashing = clashing.filter(begins_on__lte=ends_on)
    if clashing.exists():
        raise ValidationError({"begins_on": _("This county is listed in these days already.")})
    county = AdmissionCounty.objects.filter(pk=county_id).first() or AdmissionCounty()
    county.region, county.begins_on, county.ends_on = region, begins_on, ends_on
    county.notice_days = notice_days
    county.save()
    return county
