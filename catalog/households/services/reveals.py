"""Showing one sealed field to one person, who says why: both are kept."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.households.details import check_reason
from catalog.households.models import Household, Reveal
from catalog.households.refusals import NothingThere
from catalog.households.services.holding import hold_household
from catalog.households.services.registering import opened
from catalog.origins.models import Region
from marketplace.accounts.models import User


@transaction.atomic
def reveal_field(
    *, county: Region, code: str, field: str, reason: str, by: User, now: datetime
) -> str:
    """The text, once the look is written down. Raises ValidationError by field, NothingThere,
    Erased and Household.DoesNotExist."""
    household = hold_household(county, code)
    if field not in Household.SEALED:
        raise ValidationError({"field": _("Choose what you need to see.")})
    reason = check_reason(reason, known_texts(household))
    text = opened(household, field)
    if not text:
        raise NothingThere
    Reveal.objects.create(household=household, field=field, reason=reason, at=now, by=by)
    return text


def known_texts(household: Household) -> dict[str, str]:
    return {field: opened(household, field) for field in Household.SEALED}
