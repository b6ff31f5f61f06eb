"""Spreadsheets that people send in: whether a file may be opened, and its rows one by one.

A file from outside is only unpacked once its head says that it stays small, and never computed:
a formula is refused, for what it would give here nobody has seen.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 5 * 1024**2
MOST_UNPACKED = 30 * 1024**2
MOST_PARTS = 200
Cells = tuple


class SheetRefused(Exception):
    """The file as a whole; `words` say why in the reader's language."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def not_a_sheet() -> str:
    return _("This is no Excel file that can be read. Please save it as .xlsx.")


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


def read_cells(file: BinaryIO, *, columns: int, most_rows: int) -> Iterator[tuple[int, Cells]]:
    """The rows of the first sheet that have anything in them, with their numbers as the person
    sees them; the first is the head, `most_rows` are those below it. Raises SheetRefused."""
    try:
        book = load_workbook(file, read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=columns), start=1):
            if number > most_rows + 1:
                raise SheetRefused(
                    _("The sheet has too many rows: at most %(most)s.") % {"most": most_rows}
                )
            if any(cell.value is not None for cell in cells):
                yield number, cells
        book.close()
    except SheetRefused:
        raise
    except Exception as broken:
        raise SheetRefused(not_a_sheet()) from broken


def has_formula(cells: Cells) -> bool:
    return any(cell.data_type == "f" for cell in cells)


def values_of(cells: Cells, columns: int) -> list[object]:
    """One value for each column; a row that ends early has None in the others."""
    return [cell.value for cell in cells] + [None] * (columns - len(cells))


def bytes_of(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
