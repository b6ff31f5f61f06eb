"""Tables of a plan and a batch as files: row by row, so that memory holds few of them.

Names are what people have typed. In Excel they are text, whatever they begin with; in CSV an
apostrophe keeps a spreadsheet from running them.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO, TextIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from marketplace.reports.course import Amounts
from marketplace.reports.models import SalesCell
from marketplace.reports.progress import Progress, Row
from marketplace.settlement.csv_files import BOM, harmless

Values = Sequence[object]
AT_A_TIME = 500
WIDTH = 18


def plan_heads() -> Values:
    amounts = [
        _("Base"),
        _("Target"),
        _("Sold"),
        _("Refunded"),
        _("Net"),
        _("Per cent of the target"),
        _("Pace"),
        _("Ahead of the pace"),
        _("Needed per week"),
    ]
    return [pgettext("plan", "County"), _("Specialty"), _("Channel"), *amounts]


def plan_rows(progress: Progress) -> Iterator[Values]:
    """Each line, their sum, and what is not planned."""
    for row in progress.rows:
        yield [*names_of(row), *amounts_of(row.amounts)]
    yield [_("Sum"), "", "", *amounts_of(progress.total)]
    for row in progress.unplanned:
        county, specialty, channel = names_of(row)
        marked = _("%(channel)s (not planned)") % {"channel": channel}
        yield [county, specialty, marked, *amounts_of(row.amounts)]


def names_of(row: Row) -> Values:
    return [row.county.name_text, row.specialty.name_text, str(row.channel.label)]


def amounts_of(amounts: Amounts) -> Values:
    sold = [amounts.sold, amounts.refunded, amounts.net]
    if not amounts.is_planned:
        return [None, None, *sold, None, None, None, None]
    aims = [amounts.percent, amounts.pace, amounts.ahead, amounts.per_week]
    return [amounts.base, amounts.target, *sold, *aims]


def sales_heads() -> Values:
    places = [
        _("Month"),
        pgettext("plan", "County"),
        _("Cooperative"),
        _("Specialty"),
        _("Channel"),
    ]
    return [*places, _("Sold"), _("Refunded"), _("Net")]


def sales_rows(cells: Iterable[SalesCell]) -> Iterator[Values]:
    for cell in cells:
        yield [
            f"{cell.month:%Y-%m}",
            cell.county.name_text,
            cell.cooperative.name_text,
            cell.specialty.name_text,
            cell.get_channel_display(),
            cell.sold,
            cell.refunded,
            cell.sold - cell.refunded,
        ]


def facts_of(progress: Progress) -> list[Values]:
    """What anybody needs to come to the same figures again."""
    batch = progress.batch
    return [
        [_("Sales plan"), progress.plan.name_text],
        [_("Base year"), progress.plan.base_year],
        [_("Target year"), progress.plan.target_year],
        [_("Batch of figures"), batch.number],
        [_("As of"), moment(batch.cutoff)],
        [_("Sales until"), moment(progress.until)],
        [_("In yuan. Payments that came in time, less refunds; delivery and intents not counted.")],
    ]


def moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def write_csv(file: TextIO, progress: Progress, sales: Iterable[Values]) -> None:
    """One table under the other, the facts first."""
    writer = csv.writer(file)
    file.write(BOM)
    tables = ([plan_heads(), *plan_rows(progress)], [sales_heads()])
    for rows in (facts_of(progress), *tables):
        writer.writerows([harmless(cell) for cell in row] for row in rows)
        if rows is not tables[-1]:
            writer.writerow([])
    writer.writerows([harmless(cell) for cell in row] for row in sales)


def write_xlsx(file: BinaryIO, progress: Progress, sales: Iterable[Values]) -> None:
    """A sheet each for the plan, the sales and the facts; openpyxl keeps rows on disk."""
    book = Workbook(write_only=True)
    add_sheet(book, _("Sales plan"), plan_heads(), plan_rows(progress))
    add_sheet(book, _("Sales by month"), sales_heads(), sales)
    add_sheet(book, _("How it was counted"), [], facts_of(progress))
    book.save(file)


def add_sheet(book: Workbook, title: str, heads: Values, rows: Iterable[Values]) -> None:
    sheet = book.create_sheet(title)
    for letter in "ABCDEFGHIJKL":
        sheet.column_dimensions[letter].width = WIDTH
    if heads:
        sheet.freeze_panes = "A2"
        sheet.append(heads)
    for row in rows:
        sheet.append([cell_of(sheet, value) for value in row])


def cell_of(sheet: object, value: object) -> object:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell
