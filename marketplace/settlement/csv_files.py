"""Tables for a spreadsheet: Excel reads the Chinese, and no cell runs as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark of its order, by which Excel knows it. Numbers stay numbers."""
    text = StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode()


def harmless(cell: object) -> object:
    """Text that would be run is kept as text by an apostrophe."""
    is_formula = isinstance(cell, str) and cell.startswith(DANGEROUS)
    return f"'{cell}" if is_formula else cell
