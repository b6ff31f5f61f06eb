"""What the page and the picture of a receipt say alike."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.assistance.published import CooperativeFigures, Edition
from marketplace.settlement.columns import COLUMNS
from marketplace.shop.impact.words import span_words
from marketplace.shop.receipt.contents import Part, Receipt
from marketplace.shop.templatetags.shop_format import cn_date, with_yuan, yuan


def nobody_named() -> str:
    return _(
        "Your purchase was not paid to any household by name. The figures are of all that the "
        "cooperative paid to households and the county confirmed."
    )


def as_of_words(edition: Edition) -> str:
    return _("Published figures as of %(day)s.") % {"day": cn_date(edition.as_of)}


def figure_words(figures: CooperativeFigures | None, edition: Edition | None) -> str:
    """What the cooperative has paid to households lately, by the batch published last."""
    if edition is None:
        return _("No figures are published yet.")
    if figures is None:
        return _("No confirmed payment to households in a quarter that is over.")
    figure = figures.latest
    if figure is None:
        return _("Not published by itself, so that nobody can be told apart.")
    words = ngettext(
        "%(when)s: ¥%(amount)s paid to %(count)s household",
        "%(when)s: ¥%(amount)s paid to %(count)s households",
        figure.households,
    )
    amount = yuan(figure.amount)
    return words % {"when": span_words(figure), "amount": amount, "count": figure.households}


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
    return [(label, with_yuan(amount)) for label, amount in shown if amount]


def early_words(receipt: Receipt) -> str:
    """From when there will be a receipt."""
    if receipt.expected_on is None:
        return _("It is made as soon as the first parcel has been delivered.")
    words = _("It is made as soon as the first parcel has been delivered, expected on %(day)s.")
    return words % {"day": cn_date(receipt.expected_on)}
