"""Closing a shelf for some days: what is ordered leaves afterwards, the goods stay readable."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.partner.models import Partner

LONGEST = timedelta(days=120)


@transaction.atomic
def close_shelf(*, shelf: Partner, first: date, last: date, today: date) -> None:
    """Nothing leaves from the first until the last day, both counted; orders that are promised
    an earlier day stay promised. Raises ValidationError by field."""
    if last < first:
        raise ValidationError({"last": _("It ends before it begins.")})
    if last < today:
        raise ValidationError({"last": _("These days are over already.")})
    if last - first > LONGEST:
        raise ValidationError(
            {"last": _("At most %(most)s days at a time.") % {"most": LONGEST.days}}
        )
    Partner.objects.filter(pk=shelf.pk).update(closed_from=first, closed_until=last)


@transaction.atomic
def reopen_shelf(*, shelf: Partner) -> None:
    """From now on every day counts again."""
    Partner.objects.filter(pk=shelf.pk).update(closed_from=None, closed_until=None)
