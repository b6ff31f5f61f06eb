"""How published figures are written in either language: money, spans of months, households."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.assistance.models import Cell
from catalog.assistance.published import Edition, Figure

HAN_QUARTERS = "一二三四"
WAN, THOUSAND = 10_000, 1_000
TENTH = Decimal("0.1")


class Unit(NamedTuple):
    """What sums of a page are counted in: `size` yuan each."""

    size: int
    name: str


def unit_for(most: Decimal) -> Unit:
    """万元 as soon as the largest sum has that many; in English thousands of yuan."""
    if most < WAN:
        return Unit(1, _("yuan"))
    return Unit(THOUSAND, "thousand yuan") if _in_english() else Unit(WAN, "万元")


def in_unit(amount: Decimal, unit: Unit) -> str:
    """12.3, 1,208.0; whole yuan where it is counted in yuan."""
    return f"{amount:,.0f}" if unit.size == 1 else f"{amount / unit.size:,.1f}"


def money_words(amount: Decimal) -> str:
    """12.3 万元, 860 元; in English ¥123,000, to the yuan."""
    if _in_english():
        return f"¥{amount:,.0f}"
    unit = unit_for(amount)
    return f"{in_unit(amount, unit)} {unit.name}"


def households_words(households: int) -> str:
    return ngettext("%(count)s household", "%(count)s households", households) % {
        "count": f"{households:,}"
    }


def months_words(year: int, last: int) -> str:
    """2026年1—10月, or 2026年 when it is whole; in English January–October 2026."""
    if last == 12:
        return str(year) if _in_english() else f"{year}年"
    if not _in_english():
        return f"{year}年1月" if last == 1 else f"{year}年1—{last}月"
    end = date_format(date(year, last, 1), "F Y")
    return end if last == 1 else f"January–{end}"


def span_words(figure: Figure) -> str:
    """2026年第三季度, 2026年1—10月; quarters are shown when they are over."""
    begins_on = figure.begins_on
    if figure.span == Cell.Span.YEAR:
        return months_words(begins_on.year, figure.months)
    return quarter_words(begins_on)


def quarter_words(begins_on: date) -> str:
    quarter = (begins_on.month - 1) // 3
    if _in_english():
        return f"Q{quarter + 1} {begins_on.year}"
    return f"{begins_on.year}年第{HAN_QUARTERS[quarter]}季度"


def month_words(month: date) -> str:
    """10月; in English October, or Oct beside its neighbours of a chart, see `short_month`."""
    return date_format(month, "F") if _in_english() else f"{month.month}月"


def short_month(month: int) -> str:
    day = date(2000, month, 1)
    return date_format(day, "M") if _in_english() else f"{month}月"


def as_of_words(edition: Edition) -> str:
    """截至 2026年10月31日; every figure is said with it."""
    day = date_format(edition.as_of, "j F Y" if _in_english() else "Y年n月j日")
    return _("as of %(day)s") % {"day": day}


def _in_english() -> bool:
    return get_language() == "en"
