"""Agreements, as the county's staff write them down from the signed paper."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.assistance.models import Agreement, AgreementFile, AgreementHousehold, Mode
from catalog.assistance.refusals import PaidHousehold
from catalog.assistance.services.files import keep_files
from catalog.assistance.services.listing import households_of
from catalog.assistance.services.locks import hold_agreement, hold_cooperative
from catalog.assistance.services.numbers import create_numbered
from catalog.models import Category
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User

MOST_FILES = 20


class Terms(NamedTuple):
    """What was agreed on. Without a specialty: on whatever the cooperative sells."""

    cooperative: Cooperative
    mode: Mode
    specialty: Category | None
    begins_on: date
    ends_on: date
    terms: str = ""


@transaction.atomic
def make_agreement(
    *,
    county: Region,
    terms: Terms,
    codes: Iterable[str] = (),
    files: Sequence[ContentFile] = (),
    by: User,
    now: datetime,
) -> Agreement:
    """Keep it with its list, in the order of the pseudonyms, and its signed pages.

    Raises ValidationError by field of Terms, and for `codes` and `files`.
    """
    check_terms(county, terms)
    check_files(files, 0)
    hold_cooperative(terms.cooperative.pk)
    agreement = create_numbered(
        Agreement(county=county, made_at=now, made_by=by, **terms._asdict()),
        prefix="XY",
        year=timezone.localdate(now).year,
        digits=4,
    )
    put_on_list(agreement, codes)
    put_files(agreement, files, by, now)
    return agreement


def check_terms(county: Region, terms: Terms) -> None:
    wrong = {}
    if terms.cooperative.county_id != county.pk:
        wrong["cooperative"] = _("This cooperative is of another county.")
    if not terms.mode.is_open:
        wrong["mode"] = _("This kind of benefit may not be chosen any more.")
    if terms.specialty and not terms.specialty.is_root():
        wrong["specialty"] = _("Choose one of the specialties.")
    if terms.ends_on < terms.begins_on:
        wrong["ends_on"] = _("It cannot end before it begins.")
    if wrong:
        raise ValidationError(wrong)


def check_files(files: Sequence[ContentFile], there: int) -> None:
    if len(files) + there > MOST_FILES:
        words = _("An agreement has at most %(count)s files.") % {"count": MOST_FILES}
        raise ValidationError({"files": words})


@transaction.atomic
def add_households(*, agreement_id: int, codes: Iterable[str], day: date) -> int:
    """More households at the end of the list; those on it stay where they are. How many came.

    Raises ValidationError for `codes`.
    """
    agreement = hold_agreement(agreement_id)
    if agreement.ends_on < day:
        raise ValidationError({"codes": _("This agreement has ended. Make a new one.")})
    return put_on_list(agreement, codes)


def put_on_list(agreement: Agreement, codes: Iterable[str]) -> int:
    households = households_of(agreement.county, codes)
    listed = set(agreement.members.values_list("household", flat=True))
    last = agreement.members.aggregate(last=Max("position"))["last"] or 0
    new = [one for one in households if one.pk not in listed]
    AgreementHousehold.objects.bulk_create(
        AgreementHousehold(agreement=agreement, household=one, position=position)
        for position, one in enumerate(new, last + 1)
    )
    return len(new)


@transaction.atomic
def remove_household(*, agreement_id: int, position: int) -> None:
    """Take a household off the list, which keeps its other numbers; nothing when it is gone
    already. Raises PaidHousehold."""
    agreement = hold_agreement(agreement_id)
    member = agreement.members.filter(position=position).first()
    if member is None:
        return
    if agreement.records.filter(members__household=member.household_id).exists():
        raise PaidHousehold
    member.delete()


@transaction.atomic
def end_agreement(*, agreement_id: int, ends_on: date) -> Agreement:
    """Let it end earlier. Never later, and never before what was recorded under it.

    Raises ValidationError for `ends_on`.
    """
    agreement = hold_agreement(agreement_id)
    last = agreement.records.alive().aggregate(last=Max("ends_on"))["last"]
    first = max(filter(None, [agreement.begins_on, last]))
    if not first <= ends_on < agreement.ends_on:
        days = {"first": date_format(first), "last": date_format(agreement.ends_on)}
        words = _("Choose a day from %(first)s on and before %(last)s.") % days
        raise ValidationError({"ends_on": words})
    agreement.ends_on = ends_on
    agreement.save(update_fields=["ends_on"])
    return agreement


@transaction.atomic
def add_files(
    *, agreement_id: int, files: Sequence[ContentFile], by: User, now: datetime
) -> Agreement:
    """More signed pages. Raises ValidationError for `files`."""
    agreement = hold_agreement(agreement_id)
    check_files(files, agreement.files.count())
    put_files(agreement, files, by, now)
    return agreement


def put_files(agreement: Agreement, files: Sequence[ContentFile], by: User, now: datetime) -> None:
    keep_files(lambda: AgreementFile(agreement=agreement, at=now, by=by), files)
