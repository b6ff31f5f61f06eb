"""Setting what share of a cooperative's sales the market keeps."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.partner.fee_notices import tell_fee_rate
from marketplace.partner.models import HIGHEST_FEE, FeeRate, Partner

# Changed terms are made known seven days before they hold (电子商务法 34).
DAYS_BEFORE = timedelta(days=7)
LAST_DAY = date(2099, 12, 31)
LONGEST_REASON = 200
NO_FEE = Decimal(0)


@transaction.atomic
def set_fee_rate(
    *, shelf_id: int, rate: Decimal, begins_on: date, reason: str, by: User, now: datetime
) -> FeeRate:
    """Write a rate that holds from a day to come. Raises ValidationError by field.

    Owners and accountants of its producer are told. What is written stays: a slip is put right
    by a second rate for the same day. The shelf is locked, so that of two written at once one is
    the later.
    """
    shelf = Partner.objects.select_for_update(no_key=True).get(pk=shelf_id)
    errors = {}
    if not (rate.is_finite() and 0 <= rate <= HIGHEST_FEE and rate == round(rate, 4)):
        most = f"{HIGHEST_FEE * 100:.0f}"
        words = _("A rate is between 0%% and %(most)s%%, with two decimals.")
        errors["rate"] = words % {"most": most}
    first = first_day(timezone.localdate(now))
    if not first <= begins_on <= LAST_DAY:
        words = _("The earliest day is %(day)s: producers must know of it seven days before.")
        errors["begins_on"] = words % {"day": first.isoformat()}
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        errors["reason"] = _("Please say why: it stays in the record.")
    if errors:
        raise ValidationError(errors)
    until_then = begins_on - timedelta(days=1)
    before = FeeRate.objects.rates_on(until_then, [shelf_id]).get(shelf_id, NO_FEE)
    fee = FeeRate.objects.create(
        shelf=shelf, rate=rate, begins_on=begins_on, reason=reason, by=by, at=now
    )
    tell_fee_rate(fee=fee, before=before, cooperative=shelf.cooperative)
    return fee


def first_day(today: date) -> date:
    """The first on which a rate that is written today can begin."""
    return today + DAYS_BEFORE
