"""Published figures, invented: what sections and components make of them."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from catalog.assistance.models import Cell
from catalog.assistance.published import Edition, Figure, Row, Rows
from cms.patterns import words
from marketplace.months import start_of
from marketplace.shop.impact.drawings import Bar, bars_of
from marketplace.shop.impact.page import KeyFigure

EDITION = Edition(1, "2026-10", date(2026, 10, 1), start_of(date(2026, 11, 6)))
MODES = [("订单收购", 214, "1636000"), ("务工", 158, "847000"), ("托养", 37, "224000")]


def figure(households: int, amount: str, span: str = Cell.Span.YEAR) -> Figure:
    begins_on = date(2026, 7 if span == Cell.Span.QUARTER else 1, 1)
    return Figure(span, begins_on, 10, True, households, Decimal(amount))


def bars() -> list[Bar]:
    rows = [Row(words.place(name), figure(*numbers)) for name, *numbers in MODES]
    return bars_of(Rows(rows))


def paid() -> dict[str, object]:
    return {"figure": figure(23, "123000", Cell.Span.QUARTER), "edition": EDITION}


def assistance() -> list[dict[str, object]]:
    """With figures and a table, with figures of which one is hidden, and with a table alone."""
    impact = SimpleNamespace(period="2026年1—10月", edition=EDITION)
    shown = [
        KeyFigure("households", "有确认的收益记录的农户", "406", "户"),
        KeyFigure("paid", "直接付给农户的收购、工钱和分红", "327.6", "万元"),
    ]
    hidden = KeyFigure("households", "有确认的收益记录的农户", "不公布")
    plain = {"title": "帮扶数字", "lead": "", "impact": impact, "figures": [], "hidden": 0}
    table = {"table_title": "按带动方式", "bars": bars(), "hidden": 3, "by_mode": True}
    return [
        {**plain, "figures": shown, **table},
        {**plain, "figures": [hidden, shown[1]]},
        {**plain, **table},
    ]
