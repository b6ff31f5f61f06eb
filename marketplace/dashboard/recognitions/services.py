"""Writing recognitions and schemes, with a trace of who did."""

from datetime import date, datetime

from django.db import transaction

from catalog.assistance.models import Recognition, Scheme, SchemeCounty
from catalog.assistance.services import recognitions, schemes
from catalog.assistance.services.recognitions import Certificate
from catalog.assistance.services.schemes import Words
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import Values, keep_change


def subject_of(row: Recognition | Scheme) -> str:
    """The key under which its changes are kept."""
    return f"scheme:{row.code}" if isinstance(row, Scheme) else f"recognition:{row.pk}"


@transaction.atomic
def enter_recognition(
    *, cooperative: Cooperative, about: dict[str, object], by: User, now: datetime
) -> Recognition:
    """Raises ValidationError by field."""
    found = recognitions.add_recognition(cooperative=cooperative, **about)
    printed: Certificate = about["certificate"]
    after = {
        "scheme": found.scheme.code,
        "cooperative": cooperative.name,
        "product": found.product and found.product.title,
        "number": printed.number,
        "issuer": printed.issuer,
        "valid_from": printed.valid_from.isoformat(),
        "valid_until": printed.valid_until and printed.valid_until.isoformat(),
    }
    keep(subject_of(found), None, after, by, now)
    return found


@transaction.atomic
def let_end(*, recognition: Recognition, last_day: date, by: User, now: datetime) -> None:
    """Raises ValidationError by field."""
    days = recognitions.end_recognition(recognition_id=recognition.pk, last_day=last_day)
    before = {"valid_until": days.before and days.before.isoformat()}
    keep(subject_of(recognition), before, {"valid_until": days.after.isoformat()}, by, now)


@transaction.atomic
def enter_scheme(
    *, code: str, words: Words, is_bound_to_counties: bool, by: User, now: datetime
) -> Scheme:
    """Raises ValidationError by field."""
    scheme = schemes.add_scheme(code=code, words=words, is_bound_to_counties=is_bound_to_counties)
    keep(subject_of(scheme), None, words._asdict(), by, now)
    return scheme


@transaction.atomic
def reword_scheme(*, scheme: Scheme, words: Words, by: User, now: datetime) -> None:
    """Raises ValidationError by field."""
    before = schemes.change_scheme(scheme_id=scheme.pk, words=words)
    keep(subject_of(scheme), before._asdict(), words._asdict(), by, now)


@transaction.atomic
def list_county(
    *,
    scheme: Scheme,
    county: Region,
    begins_on: date,
    ends_on: date | None,
    by: User,
    now: datetime,
) -> None:
    """Raises ValidationError by field."""
    row = schemes.add_county(
        scheme_id=scheme.pk, county=county, begins_on=begins_on, ends_on=ends_on
    )
    keep(subject_of(scheme), {"county": None}, {"county": days_of(row)}, by, now)


@transaction.atomic
def take_county_off(
    *, scheme: Scheme, row: SchemeCounty, ends_on: date, by: User, now: datetime
) -> None:
    """Raises ValidationError by field, SchemeCounty.DoesNotExist."""
    before = days_of(row)
    schemes.end_county(scheme_id=scheme.pk, row_id=row.pk, ends_on=ends_on)
    row.ends_on = ends_on
    keep(subject_of(scheme), {"county": before}, {"county": days_of(row)}, by, now)


def days_of(row: SchemeCounty) -> str:
    return f"{row.county.name} {row.begins_on} – {row.ends_on or ''}".strip()


def keep(subject: str, before: Values, after: Values, by: User, now: datetime) -> None:
    room = Change.Room.RECOGNISED
    keep_change(room=room, subject=subject, before=before, after=after, by=by, now=now)
