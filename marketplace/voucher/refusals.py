"""Why a voucher does not count, in words for whoever typed its code."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.partner.refusals import Refusal
from marketplace.voucher.models import Voucher


class VoucherRefused(Refusal):
    """The order would use a voucher that cannot be used now; `line` is None."""

    def __init__(self, voucher: Voucher | None, now: datetime) -> None:
        super().__init__(None)
        self.voucher = voucher
        self.now = now

    @property
    def words(self) -> str:
        return problem_of(self.voucher, self.now)


def problem_of(voucher: Voucher | None, now: datetime) -> str:
    """What keeps a voucher that was read `for_person` from being used now, whatever the goods."""
    if voucher is None:
        return _("There is no voucher with this code.")
    if voucher.start_datetime > now:
        begins = day_words(voucher.start_datetime)
        return _("This voucher can be used from %(day)s.") % {"day": begins}
    if voucher.end_datetime <= now:
        last = day_words(voucher.end_datetime - timedelta(seconds=1))
        return _("This voucher ended on %(day)s.") % {"day": last}
    if voucher.limit_per_person and voucher.used_by_person >= voucher.limit_per_person:
        return _("You have used this voucher already.")
    if voucher.limit_total is not None and voucher.uses >= voucher.limit_total:
        return _("This voucher has been used up.")
    return ""


def day_words(moment: datetime) -> str:
    return date_format(localtime(moment), pgettext("date", "j F Y"))
