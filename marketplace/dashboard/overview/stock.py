"""Packs of which a cooperative has few left, by what is free and by how they sell.

Few are ten or fewer, as in the market's own table of the stock, or less than goes in a week at
the pace of the last fourteen days. Goods that are not on the shelf need no packs.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.producers.models import Cooperative
from catalog.querysets import on_shelf
from marketplace.dashboard.overview.sales import lines_sold
from marketplace.dashboard.stock.querysets import FEW, FREE, find_packs
from marketplace.partner.models import StockRecord
from marketplace.partner.querysets import StockRecordQuerySet

PACE_DAYS, WEEKS = 14, 2
AT_MOST = 3


@dataclass(frozen=True)
class ShortPack:
    """With `left` packs free, and so many sold in the last fourteen days."""

    record: StockRecord

    @property
    def good(self) -> str:
        return self.record.product.parent.name

    @property
    def is_sold_out(self) -> bool:
        return self.record.left < self.record.product.minimum_quantity

    @property
    def label(self) -> str:
        name = f"{self.good} {self.record.product.name}"
        if self.is_sold_out:
            return _("%(pack)s: sold out") % {"pack": name}
        words = ngettext("%(pack)s: %(count)s left", "%(pack)s: %(count)s left", self.record.left)
        return words % {"pack": name, "count": self.record.left}

    @property
    def text(self) -> str:
        sold = self.record.sold
        if not sold:
            return _("None was sold in the last 14 days.")
        if self.is_sold_out:
            words = ngettext(
                "%(count)s was sold in the last 14 days.",
                "%(count)s were sold in the last 14 days.",
                sold,
            )
            return words % {"count": sold}
        days = self.record.left * PACE_DAYS // sold
        if not days:
            return _("As it sells now, not enough for one day.")
        words = ngettext(
            "As it sells now, enough for %(count)s day.",
            "As it sells now, enough for %(count)s days.",
            days,
        )
        return words % {"count": days}


class Short(NamedTuple):
    """The first few, and how many there are."""

    packs: list[ShortPack]
    number: int


def read_short(cooperative: Cooperative, today: date) -> Short:
    """The fewest left first."""
    packs = short_packs(cooperative, today)
    number = packs.count()
    first = packs.select_related("product__parent").order_by("left", "-sold", "pk")[:AT_MOST]
    return Short([ShortPack(record) for record in first] if number else [], number)


def short_packs(cooperative: Cooperative, today: date) -> StockRecordQuerySet:
    lines = lines_sold(since=today - timedelta(days=PACE_DAYS - 1))
    sold = lines.filter(stockrecord=OuterRef("pk")).values("stockrecord")
    packs = find_packs({"cooperative": cooperative.slug}).filter(
        on_shelf(today, "product__parent__"), product__is_public=True
    )
    packs = packs.annotate(
        left=FREE, sold=Coalesce(Subquery(sold.annotate(packs=Sum("quantity")).values("packs")), 0)
    )
    return packs.filter(Q(left__lte=FEW) | Q(sold__gt=F("left") * WEEKS))


def rule_words() -> str:
    return _("10 packs or fewer, or less than sells in a week at the pace of the last 14 days.")


def address(room: str, pack: ShortPack) -> str:
    """Its row in the table of prices and stock, among those of the good."""
    return f"{room}?{urlencode({'q': pack.record.product.parent.title})}"
