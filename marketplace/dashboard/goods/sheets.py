"""Spreadsheets of prices and stock: written with every pack, read row by row.

A file from outside is only unpacked once its head says that it stays small, and never computed:
a formula is refused, for what it would give here nobody has seen.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import BinaryIO, NamedTuple
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from marketplace.dashboard.goods.forms import MOST_PACKS
from marketplace.partner.models import StockRecord

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 5 * 1024**2
MOST_UNPACKED = 30 * 1024**2
MOST_PARTS = 200
MOST_ROWS = 20_000
COLUMNS = 5
WIDTHS = (16, 36, 14, 12, 14)


class SheetRefused(Exception):
    """The file as a whole; `words` say why in the reader's language."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class SheetRow(NamedTuple):
    """One row below the head: its number as the person sees it, and what stands in it. `words`
    say what is wrong with it by itself."""

    number: int
    code: str
    price: Decimal | None = None
    quantity: int | None = None
    words: str = ""


def write_sheet(records: Iterable[StockRecord]) -> bytes:
    """Every pack with its price and stock; what is changed in it may be read again."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Prices and stock"))
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_("Number"), _("Good"), _("Pack"), _("Price, ¥"), _("Packs in stock")])
    for record in records:
        names = (record.partner_sku, record.product.parent.title, record.product.title)
        texts = [WriteOnlyCell(sheet, value=name) for name in names]
        for cell in texts:
            cell.data_type = "s"
        sheet.append([*texts, record.price, record.num_in_stock])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def check_file(file: BinaryIO) -> None:
    """Raise SheetRefused for what must not be unpacked; reads no more than the list of parts."""
    if file.size > MOST_BYTES:
        raise SheetRefused(
            _("The file is too large: at most %(most)s MB.") % {"most": MOST_BYTES // 1024**2}
        )
    try:
        with ZipFile(file) as parts:
            entries = parts.infolist()
    except (BadZipFile, OSError, ValueError) as broken:
        raise SheetRefused(not_a_sheet()) from broken
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise SheetRefused(_("The file would become far too large when it is opened."))
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise SheetRefused(not_a_sheet())


def not_a_sheet() -> str:
    return _("This is no Excel file that can be read. Please save it as .xlsx.")


def read_sheet(file: BinaryIO) -> Iterator[SheetRow]:
    """The rows of the first sheet that have anything in them. Raises SheetRefused."""
    try:
        book = load_workbook(file, read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=COLUMNS), start=1):
            if number > MOST_ROWS + 1:
                raise SheetRefused(
                    _("The sheet has too many rows: at most %(most)s.") % {"most": MOST_ROWS}
                )
            if number > 1 and any(cell.value is not None for cell in cells):
                yield read_row(number, cells)
        book.close()
    except SheetRefused:
        raise
    except Exception as broken:
        raise SheetRefused(not_a_sheet()) from broken


def read_row(number: int, cells: tuple) -> SheetRow:
    if any(cell.data_type == "f" for cell in cells):
        return SheetRow(number, "", words=_("A formula: please type the number itself."))
    values = [cell.value for cell in cells] + [None] * (COLUMNS - len(cells))
    code = str(values[0] if values[0] is not None else "").strip()[:60]
    try:
        return SheetRow(number, code, price_in(values[3]), quantity_in(values[4]))
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
    if isinstance(value, bool) or not price.is_finite() or abs(price) > 10**9:
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
    if isinstance(value, bool) or not number.is_finite() or number != int(number):
        raise ValueError(_("“%(value)s” is no number of packs.") % {"value": str(value)[:40]})
    if not 0 <= number <= MOST_PACKS:
        raise ValueError(
            _("The stock is between 0 and %(most)s, not %(value)s.")
            % {"most": MOST_PACKS, "value": str(value)[:40]}
        )
    return int(number)
