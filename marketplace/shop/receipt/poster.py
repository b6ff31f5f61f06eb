"""The words of the picture of a receipt, in the active language; all that the drawing sees."""

import hashlib
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.assistance.published import Edition
from catalog.producers.models import Cooperative
from marketplace.shop.receipt.contents import Goods, Part, Receipt
from marketplace.shop.receipt.words import as_of_words, figure_words, nobody_named
from marketplace.shop.templatetags.shop_format import cn_date, yuan

MOST_PARTS, MOST_GOODS = 4, 4


class PosterPart(NamedTuple):
    colour: str
    name: str
    place: str
    goods: tuple[str, ...]
    kept: str
    figure: str


class Poster(NamedTuple):
    """Plain text all through: equal posters are one picture."""

    brand: str
    title: str
    lead: str
    kept_label: str
    parts: tuple[PosterPart, ...]
    more: str
    notes: tuple[str, ...]
    link: str
    link_words: str
    language: str

    @property
    def key(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()


def poster_of(receipt: Receipt) -> Poster:
    """Of a receipt that has parts."""
    shown = receipt.parts[:MOST_PARTS]
    link, link_words = way_on([part.cooperative for part in receipt.parts])
    return Poster(
        brand=_("Yinshan Market"),
        title=_("Assistance receipt"),
        lead=lead_of(receipt),
        kept_label=_("Stayed with the cooperative"),
        parts=tuple(poster_part(part, receipt.edition) for part in shown),
        more=more_words(receipt),
        notes=notes_of(receipt),
        link=settings.SITE_URL + link,
        link_words=link_words,
        language=get_language(),
    )


def lead_of(receipt: Receipt) -> str:
    if receipt.delivered_on is None:
        return _("Where these goods came from")
    day = cn_date(receipt.delivered_on)
    return _("Where the goods delivered by %(day)s came from") % {"day": day}


def poster_part(part: Part, edition: Edition | None) -> PosterPart:
    maker = part.cooperative
    goods = [goods_line(one) for one in part.goods[:MOST_GOODS]]
    hidden = len(part.goods) - len(goods)
    if hidden:
        more = ngettext("and %(count)s more good", "and %(count)s more goods", hidden)
        goods.append(more % {"count": hidden})
    return PosterPart(
        colour=maker.colour,
        name=maker.name_text,
        place=maker.place_text,
        goods=tuple(goods),
        kept=f"¥{yuan(part.kept)}",
        figure=figure_words(part.figures, edition) if edition else "",
    )


def goods_line(goods: Goods) -> str:
    """As 燕麦片 1kg × 2 · L-20261101."""
    lots = " ".join(lot.code for lot in goods.lots[:2])
    line = f"{goods.name} × {goods.quantity}"
    return f"{line} · {_('Lot')} {lots}" if lots else line


def more_words(receipt: Receipt) -> str:
    """Of those for whom there is no room, and the sum of all when there are several."""
    number, total = len(receipt.parts), yuan(receipt.kept)
    if number == 1:
        return ""
    words = _("Together ¥%(total)s stayed with %(count)s cooperatives")
    return words % {"total": total, "count": number}


def notes_of(receipt: Receipt) -> tuple[str, ...]:
    notes = []
    if receipt.booked_on:
        words = _("By the ledger as of %(day)s: goods and delivery, less refunds and fees.")
        notes.append(words % {"day": cn_date(receipt.booked_on)})
    if receipt.edition:
        notes.append(as_of_words(receipt.edition))
    return (*notes, nobody_named())


def way_on(makers: list[Cooperative]) -> tuple[str, str]:
    """A page that anybody may see, and what it shows; never the order's."""
    words = _("Scan to see who grows it")
    if len(makers) == 1:
        return makers[0].get_absolute_url(), words
    return reverse("cooperatives:list"), words
