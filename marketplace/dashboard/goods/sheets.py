"""Spreadsheets of prices and stock: written with every pack, read row by row.

Besides what may be changed a row tells what stood there when the sheet was taken out: what was
left alone in it stays as the shelf has it, whatever was sold and changed since.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from marketplace.dashboard.goods.forms import MOST_PACKS
from marketplace.partner.models import StockRecord
from marketplace.sheets import bytes_of, has_formula, read_cells, values_of

MOST_ROWS = 20_000
COLUMNS = 7
NOW_AT, THEN_AT = 3, 5
WIDTHS = (16, 36, 14, 12, 14, 20, 20)


class SheetRow(NamedTuple):
    """One row below the head: its number as the person sees it, and what stands in it. `words`
    say what is wrong with it by itself. `seen` is what stood there when it was taken out; a sheet
    of somebody's own making does not say it."""

    number: int
    code: str
    price: Decimal | None = None
    quantity: int | None = None
    seen_price: Decimal | None = None
    seen_quantity: int | None = None
    words: str = ""


def write_sheet(records: Iterable[StockRecord]) -> bytes:
    """Every pack with its price and stock; what is changed in it may be read again."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Prices and stock"))
    for letter, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    to_change = [_("Price, ¥"), _("Packs in stock")]
    as_it_was = [_("Price when taken out"), _("Packs when taken out")]
    sheet.append([_("Number"), _("Good"), _("Pack"), *to_change, *as_it_was])
    for record in records:
        names = (record.partner_sku, record.product.parent.title, record.product.title)
        texts = [WriteOnlyCell(sheet, value=name) for name in names]
        for cell in texts:
            cell.data_type = "s"
        sheet.append([*texts, *(record.price, record.num_in_stock) * 2])
    return bytes_of(book)


def read_sheet(file: BinaryIO) -> Iterator[SheetRow]:
    """The rows below the head that have anything in them. Raises SheetRefused."""
    for number, cells in read_cells(file, columns=COLUMNS, most_rows=MOST_ROWS):
        if number > 1:
            yield read_row(number, cells)


def read_row(number: int, cells: tuple) -> SheetRow:
    if has_formula(cells):
        return SheetRow(number, "", words=_("A formula: please type the number itself."))
    values = values_of(cells, COLUMNS)
    code = str(values[0] if values[0] is not None else "").strip()[:60]
    try:
        now, then = (
            (price_in(values[at]), quantity_in(values[at + 1])) for at in (NOW_AT, THEN_AT)
        )
        return SheetRow(number, code, *now, *then)
    except ValueError as wrong:
        return SheetRow(number, code, words=str(wrong))


def price_in(value: object) -> Decimal | None:
    """Empty leaves the price; whether it may be, the shelf decides."""
    if value is None or str(value).strip() == "":
        return None
    try:
        price = Decimal(str(value).strip().lstrip("¥￥"))
    except InvalidOperation:
        price = Decimal("NaN")
    is_price = price.is_finite() and not isinstance(value, bool)
    # Compared and not computed with: 1E99999999 would overflow.
    if not is_price or not -(10**9) < price < 10**9:
        raise ValueError(_("“%(value)s” is no price.") % {"value": str(value)[:40]})
    return price


def quantity_in(value: object) -> int | None:
    """Empty leaves the stock."""
    if value is None or str(value).strip() == "":
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    is_number = number.is_finite() and not isinstance(value, bool)
    if is_number and not 0 <= number <= MOST_PACKS:
        raise ValueError(
            _("The stock is between 0 and %(most)s, not %(value)s.")
            % {"most": MOST_PACKS, "value": str(value)[:40]}
        )
    # Not before: 1E99999999 is written in ten signs, and fills the memory as a whole number.
    if not is_number or number != int(number):
        raise ValueError(_("“%(value)s” is no number of packs.") % {"value": str(value)[:40]})
    return int(number)
