"""What the page and the picture of a receipt say alike."""

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.assistance.published import CooperativesOfYear, Edition, Figure
from marketplace.settlement.columns import COLUMNS
from marketplace.shop.receipt.contents import Part, Receipt
from marketplace.shop.templatetags.shop_format import cn_date, yuan


def nobody_named() -> str:
    return _(
        "Your purchase was not paid to any household by name. The figures are of all that the "
        "cooperative paid to households and the county confirmed."
    )


def span_words(edition: Edition) -> str:
    """As 公布数字：2026年1—10月，截至2026年11月3日."""
    year, month = edition.month.year, edition.month.month
    span = f"{year}年1—{month}月" if month > 1 else f"{year}年1月"
    if get_language() == "en":
        last = date_format(edition.month, "F Y")
        span = f"January – {last}" if month > 1 else last
    day = cn_date(edition.as_of)
    return _("Published figures: %(span)s, as of %(day)s.") % {"span": span, "day": day}


def figure_words(figure: Figure | None, published: CooperativesOfYear | None) -> str:
    """What the cooperative has paid to households this year, by the batch published last."""
    if published is None or figure is None:
        return _("No figures are published yet.")
    if figure.households is None:
        return _("Not published by itself, so that nobody can be told apart.")
    if not figure.households:
        return _("No confirmed payment to households so far this year.")
    words = ngettext(
        "This year it paid ¥%(amount)s to %(count)s household",
        "This year it paid ¥%(amount)s to %(count)s households",
        figure.households,
    )
    return words % {"amount": yuan(figure.amount), "count": figure.households}


def column_rows(part: Part) -> list[tuple[str, str]]:
    """What its account was given and what was taken from it, without what did not happen."""
    labels = {
        "sold": _("Goods"),
        "market": _("Discount that the market bore"),
        "delivery": _("Delivery"),
        "refunded": _("Went back"),
        "fee": _("The market's fee"),
    }
    shown = [(labels[name], part.columns[name]) for name in COLUMNS if name in labels]
    return [(label, signed(amount)) for label, amount in shown if amount]


def signed(amount: object) -> str:
    return f"−¥{yuan(-amount)}" if amount < 0 else f"¥{yuan(amount)}"


def early_words(receipt: Receipt) -> str:
    """From when there will be a receipt."""
    if receipt.expected_on is None:
        return _("It is made as soon as the first parcel has been delivered.")
    words = _("It is made as soon as the first parcel has been delivered, expected on %(day)s.")
    return words % {"day": cn_date(receipt.expected_on)}
