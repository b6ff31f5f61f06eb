"""Writing schemes of recognition, and which counties they are for from when until when."""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from catalog.assistance.models import Scheme, SchemeCounty
from catalog.origins.models import Region


class Words(NamedTuple):
    """How a scheme is called, and what its badge says."""

    name: str
    name_en: str
    label: str
    label_en: str


def words_of(scheme: Scheme) -> Words:
    return Words(*(getattr(scheme, name) for name in Words._fields))


@transaction.atomic
def add_scheme(*, code: str, words: Words, is_bound_to_counties: bool) -> Scheme:
    """Raises ValidationError by field. Whether it is bound to counties is decided for good:
    recognitions were judged by it."""
    scheme = Scheme(code=code, is_bound_to_counties=is_bound_to_counties, **words._asdict())
    scheme.full_clean()
    scheme.save()
    return scheme


@transaction.atomic
def change_scheme(*, scheme_id: int, words: Words) -> Words:
    """Returns the words before. Raises ValidationError by field, Scheme.DoesNotExist."""
    scheme = hold_scheme(scheme_id)
    before = words_of(scheme)
    for name, text in words._asdict().items():
        setattr(scheme, name, text)
    scheme.full_clean()
    scheme.save(update_fields=Words._fields)
    return before


@transaction.atomic
def add_county(
    *, scheme_id: int, county: Region, begins_on: date, ends_on: date | None
) -> SchemeCounty:
    """Raises ValidationError by field, Scheme.DoesNotExist.

    The scheme is locked: the days of a county are written one at a time and never overlap.
    """
    scheme = hold_scheme(scheme_id)
    if not scheme.is_bound_to_counties:
        raise ValidationError({"county": _("This scheme is for every county.")})
    if county.level != Region.Level.DISTRICT:
        raise ValidationError({"county": _("Choose a county.")})
    if ends_on and ends_on < begins_on:
        raise ValidationError({"ends_on": _("It cannot end before it begins.")})
    if clashing(scheme.counties.filter(county=county), begins_on, ends_on).exists():
        raise ValidationError({"begins_on": _("This county is listed in these days already.")})
    return SchemeCounty.objects.create(
        scheme=scheme, county=county, begins_on=begins_on, ends_on=ends_on
    )


@transaction.atomic
def end_county(*, scheme_id: int, row_id: int, ends_on: date) -> date | None:
    """The last day of a county on the list; badges of its producers go with it, whatever their
    own days. Returns what it was before. Raises ValidationError by field, and DoesNotExist."""
    scheme = hold_scheme(scheme_id)
    row = scheme.counties.get(pk=row_id)
    if ends_on < row.begins_on:
        raise ValidationError({"ends_on": _("It cannot end before it begins.")})
    others = scheme.counties.filter(county=row.county_id).exclude(pk=row.pk)
    if clashing(others, row.begins_on, ends_on).exists():
        raise ValidationError({"ends_on": _("This county is listed in these days already.")})
    before, row.ends_on = row.ends_on, ends_on
    row.save(update_fields=["ends_on"])
    return before


def clashing(
    rows: QuerySet[SchemeCounty], begins_on: date, ends_on: date | None
) -> QuerySet[SchemeCounty]:
    """Those that share a day with these, which may be without end."""
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=begins_on))
    return rows.filter(begins_on__lte=ends_on) if ends_on else rows


def is_listed(scheme: Scheme, county_id: str, day: date) -> bool:
    """Whether the scheme is for that county on that day."""
    if not scheme.is_bound_to_counties:
        return True
    return clashing(scheme.counties.filter(county=county_id), day, day).exists()


def hold_scheme(scheme_id: int) -> Scheme:
    """Locked until the transaction ends: what belongs to it is written one at a time."""
    return Scheme.objects.select_for_update(no_key=True).get(pk=scheme_id)
