"""Why a basket does not take what was asked, beside what keeps a pack from being sold at all."""

from django.utils.translation import gettext as _

from marketplace.partner.refusals import MOST_PACKS, Refusal


class BadQuantity(Refusal):
    """Not a number of packs that anyone can order."""

    @property
    def words(self) -> str:
        return _("Please enter a number from 1 to %(most)s.") % {"most": MOST_PACKS}


class UnknownVoucher(Refusal):
    """No voucher has the code that was typed; `line` is None."""

    @property
    def words(self) -> str:
        return _("There is no voucher with this code.")


class BasketClosed(Exception):
    """The basket has been ordered meanwhile; it can no longer be changed."""
