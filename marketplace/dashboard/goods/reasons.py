"""Why a good is not for sale, in words that say what to do about it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from catalog.models import Product, RequiredPaper
from marketplace.day_words import month_day


def reasons_of(product: Product, missing: Sequence[RequiredPaper], day: date) -> list[str]:
    """All that keeps a good with `packs` from being sold that day; empty when it is sold."""
    reasons = [missing_words(required) for required in missing]
    if product.withdrawal:
        words = _("The market has taken it off sale: %(reason)s")
        reasons.insert(0, words % {"reason": product.withdrawal.reason})
    if not product.is_public:
        reasons.append(_("It has been taken off the shelf."))
    if product.sale_from and day < product.sale_from:
        reasons.append(_("Its sale begins on %(day)s.") % {"day": month_day(product.sale_from)})
    if product.sale_until and product.sale_until < day:
        reasons.append(_("Its sale ended on %(day)s.") % {"day": month_day(product.sale_until)})
    if not any(pack.is_public for pack in product.packs):
        reasons.append(_("It has no pack to be sold in."))
    if not reasons and not product.is_sellable_on(day):
        reasons.append(_("Its papers are being looked at. Please tell the market."))
    return reasons


def missing_words(required: RequiredPaper) -> str:
    """The paper by its name, and who must hold it."""
    words = {
        RequiredPaper.Holder.COOPERATIVE: _("%(paper)s of your business is missing or expired."),
        RequiredPaper.Holder.PRODUCT: _("%(paper)s of this good is missing or expired."),
        RequiredPaper.Holder.LOT: _("%(paper)s of a lot is missing or expired."),
    }
    return words[required.held_by] % {"paper": required.get_kind_display()}
