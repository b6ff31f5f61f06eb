"""As what a household is registered: dated, one after the other, the last one open."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.households.models import Category, RegisterStep, Standing
from catalog.households.refusals import StandingRefused
from catalog.households.services.holding import hold_household, keep_step
from catalog.households.services.registering import check_standing
from catalog.origins.models import Region
from marketplace.accounts.models import User


@transaction.atomic
def set_standing(
    *,
    county: Region,
    code: str,
    category: Category,
    status: str,
    begins_on: date,
    by: User | None,
    now: datetime,
) -> Standing:
    """From that day; what was before ends the day before. What began on the same day was a
    mistake and is put right. Raises ValidationError by field, StandingRefused, Erased."""
    household = hold_household(county, code)
    last = household.standings.order_by("-begins_on", "-pk").first()
    check_standing(category, begins_on, timezone.localdate(now), last)
    if last is None:
        last = Standing(household=household)
    else:
        check_follows(last, category, status, begins_on)
        if last.begins_on != begins_on:
            end_before(last, begins_on)
            last = Standing(household=household)
    last.category, last.status, last.begins_on = category, status, begins_on
    last.save()
    keep_step(household, RegisterStep.Kind.STANDING, by=by, now=now)
    return last


def check_follows(last: Standing, category: Category, status: str, begins_on: date) -> None:
    """Raises StandingRefused."""
    if begins_on < last.begins_on or (last.ends_on and begins_on <= last.ends_on):
        raise StandingRefused(
            _("It cannot begin before the entry that is there: only the last one is followed.")
        )
    if last.ends_on is None and (last.category_id, last.status) == (category.pk, status):
        raise StandingRefused(_("That is what the household is registered as already."))


def end_before(last: Standing, begins_on: date) -> None:
    if last.ends_on is None:
        last.ends_on = begins_on - timedelta(days=1)
        last.save(update_fields=["ends_on"])
