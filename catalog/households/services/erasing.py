"""Erasing who a household was. Its pseudonym, county and dated categories stay, so that records
keep counting; nothing that is left in the register leads to a person. The signed pages of its
agreements, which the county can open, and the evidence of payments, which the cooperative can open
too, do bear names: they stay, sealed, as long as records are kept, for they prove what was paid.

Trade data must be kept for three years (电子商务法 31), and personal data no longer than they are
needed (个人信息保护法 19, 47): three years after a household left the register the clock erases it.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from catalog.households.details import check_reason
from catalog.households.models import Household, RegisterStep, Standing
from catalog.households.refusals import Erased
from catalog.households.services.holding import hold_household, keep_step
from catalog.households.services.reveals import known_texts
from catalog.origins.models import Region
from marketplace.accounts.models import User

YEARS = 3


@transaction.atomic
def erase_household(
    *, county: Region, code: str, reason: str, by: User | None, now: datetime
) -> None:
    """For good. Raises ValidationError by field, Erased and Household.DoesNotExist."""
    household = hold_household(county, code)
    reason = check_reason(reason, known_texts(household))
    blank(household, by=by, now=now, reason=reason)


def erase_due(*, now: datetime) -> int:
    """How many were erased because their time is over; a step without person and reason says so."""
    until = years_before(timezone.localdate(now), YEARS)
    due = due_households(until).order_by("pk").values_list("pk", flat=True)
    return sum(erase_if_due(key, until, now) for key in list(due))


@transaction.atomic
def erase_if_due(key: int, until: date, now: datetime) -> bool:
    """Meanwhile it may have been registered as something again."""
    household = Household.objects.select_for_update(no_key=True).get(pk=key)
    if not due_households(until).filter(pk=key).exists():
        return False
    blank(household, by=None, now=now)
    return True


def due_households(until: date) -> QuerySet[Household]:
    """Which left the register on that day or before, or whose last category ended by then."""
    rows, left = Standing.objects.filter(household=OuterRef("pk")), Q(status=Standing.Status.LEFT)
    lasts = ~left & (Q(ends_on=None) | Q(ends_on__gt=until))
    still = rows.filter(lasts | left & Q(begins_on__gt=until))
    return Household.objects.registered().filter(Exists(rows), ~Exists(still))


def blank(household: Household, *, by: User | None, now: datetime, reason: str = "") -> None:
    """The caller holds the household."""
    if household.erased_at:
        raise Erased
    for field in (*Household.SEALED, "id_digest"):
        setattr(household, field, None)
    household.erased_at = now
    household.save(update_fields=[*Household.SEALED, "id_digest", "erased_at"])
    keep_step(household, RegisterStep.Kind.ERASED, by=by, now=now, reason=reason)


def years_before(day: date, years: int) -> date:
    """The same day of that year; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
