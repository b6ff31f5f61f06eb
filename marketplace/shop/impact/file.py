"""The figures of the page as a file: what the page may show and nothing more, one number a row.

Each row says what is counted, how, and as of when, so that it can be cited alone.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.assistance.published import Figure, Rows
from marketplace.settlement.csv_files import write_csv
from marketplace.shop.impact.page import Impact

Line = tuple[object, ...]


def figures_file(impact: Impact) -> bytes:
    heads = (
        pgettext("figures", "Table"),
        pgettext("figures", "Row"),
        pgettext("figures", "Period"),
        pgettext("figure", "Number"),
        _("Unit"),
        _("What it means"),
        _("As of"),
        pgettext("figures", "Batch"),
    )
    told = (impact.edition.as_of.isoformat(), impact.edition.number)
    return write_csv([heads, *((*line, *told) for line in lines(impact))])


def lines(impact: Impact) -> Iterator[Line]:
    yield from total_lines(impact)
    yield from sales_lines(impact)
    yield from rows_lines(impact, _("By kind of benefit"), impact.figures.by_mode)
    yield from rows_lines(impact, _("By county"), impact.figures.by_county)


def total_lines(impact: Impact) -> Iterator[Line]:
    table, every = _("The year so far"), _("All")
    yield (table, every, impact.period, impact.sales.total, _("yuan"), sales_meaning())
    yield from figure_lines((table, every, impact.period), impact.figures.total)
    meaning = _("Producers with at least one sale of the period that was not wholly refunded.")
    yield (table, every, impact.period, impact.sales.producers, _("producers"), meaning)


def sales_lines(impact: Impact) -> Iterator[Line]:
    for month in impact.sales.months:
        period = f"{date(impact.year, month, 1):%Y-%m}"
        for each in impact.sales.specialties:
            kept = impact.sales.of(month, each)
            table = _("Sales by month")
            yield (table, each.name_text, period, kept, _("yuan"), sales_meaning())


def rows_lines(impact: Impact, table: str, rows: Rows) -> Iterator[Line]:
    for row in rows.shown:
        yield from figure_lines((table, row.name, impact.period), row.figure)
    if rows.hidden:
        more = _("%(count)s more") % {"count": rows.hidden}
        yield (table, more, impact.period, pgettext("figures", "Not shown"), "", hidden_meaning())


def figure_lines(place: Iterable[str], figure: Figure) -> Iterator[Line]:
    if not figure.is_shown:
        yield (*place, pgettext("figures", "Not shown"), "", hidden_meaning())
        return
    yield (*place, figure.households, _("households"), households_meaning())
    yield (*place, figure.amount, _("yuan"), paid_meaning())


def sales_meaning() -> str:
    return _("Paid by buyers in the period, less what of it was refunded; intents are not counted.")


def households_meaning() -> str:
    return _(
        "Households with at least one benefit record of the period that the county has confirmed,"
        " each counted once in a row; rows cannot be added up."
    )


def paid_meaning() -> str:
    return _("Paid to households in the period, by records that the county has confirmed.")


def hidden_meaning() -> str:
    return _("Fewer than 5 households, or such a number could be worked out from it.")


def file_name(impact: Impact) -> str:
    return f"yinshanji-{impact.year}-{impact.edition.number}.csv"
