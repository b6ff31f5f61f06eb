"""The sums of a month or of a purse, in the words and the order in which they are read."""

from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.dashboard.orders.ledger import signed
from marketplace.settlement.purses import Purse
from marketplace.settlement.sheets import Sheet
from marketplace.shop.templatetags.shop_format import with_yuan


class Sum(NamedTuple):
    label: str
    words: str
    note: str = ""


def sums_of(sheet: Sheet) -> list[Sum]:
    """From the opening to the closing balance; each is added to the one before."""
    columns = sheet.columns
    borne = _("¥%(amount)s of it the market paid, for its own discounts.")
    market = borne % {"amount": f"{columns['market']:,.2f}"} if columns["market"] else ""
    rows = [
        Sum(_("Goods at their prices"), signed(sheet.goods), market),
        Sum(_("Discounts that you bear"), signed(sheet.own_discount)),
        Sum(_("Delivery that buyers paid"), signed(columns["delivery"])),
        Sum(_("Refunds"), signed(columns["refunded"])),
        Sum(_("The market's fee"), signed(columns["fee"]), _("At the rate of each sale, below.")),
        Sum(_("Paid out"), signed(columns["paid_out"])),
    ]
    return [Sum(_("Opening balance"), with_yuan(sheet.opening)), *rows]


def sums_in(purse: Purse) -> list[Sum]:
    """Why not the whole balance is payable; only what there is something of."""
    parts = [
        (_("Not sent yet"), purse.to_send),
        (_("Under way to buyers"), purse.under_way),
        (_("Goes back to buyers"), purse.going_back),
        (_("In a payout that is under way"), purse.proposed),
    ]
    return [
        Sum(_("All that the market holds for you"), with_yuan(purse.balance)),
        *(Sum(label, signed(-amount)) for label, amount in parts if amount),
    ]


def month_words(month: date) -> str:
    """2026年11月; in English November 2026."""
    return date_format(month, "F Y" if get_language() == "en" else "Y年n月")
