"""The sheet by which a county hands in its households: taken out empty, filled in, read again."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from catalog.households.models import Category, Standing
from catalog.origins.models import Region
from marketplace.sheets import Cells, SheetRefused, bytes_of, has_formula, read_cells, values_of

MOST_ROWS = 10_000
HEADS = {
    "name": gettext_lazy("Name of the householder"),
    "id_number": gettext_lazy("ID number"),
    "phone": gettext_lazy("Phone"),
    "township": pgettext_lazy("household", "Township"),
    "address": gettext_lazy("Address"),
    "category": gettext_lazy("Category"),
    "status": gettext_lazy("Status"),
    "begins_on": pgettext_lazy("date", "From"),
}
WIDTHS = (16, 24, 16, 18, 36, 22, 16, 14)
# Excel cuts a number after fifteen digits, so that whole columns are text from the beginning.
TEXTS = "ABCDEFGH"


class SheetRow(NamedTuple):
    """One row below the head: its number as the person sees it, and by column what stands in it.
    `has_formula` where nobody has seen what that is."""

    number: int
    cells: dict[str, object]
    has_formula: bool = False


def write_template(county: Region) -> bytes:
    """Only the head to fill in below; what may be chosen stands in a second sheet, and an example
    too, so that no invented household can be left in by mistake."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Households")
    sheet.append([str(head) for head in HEADS.values()])
    sheet.freeze_panes = "A2"
    for letter, width in zip(TEXTS, WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].number_format = "@"
    write_choices(book.create_sheet(_("How to fill it in")), county, sheet)
    return bytes_of(book)


def write_choices(notes: Worksheet, county: Region, sheet: Worksheet) -> None:
    """The lists, each in its column, which the first sheet offers in its cells."""
    lists = {
        "township": [town.name_text for town in townships_of(county)],
        "category": [kind.name_text for kind in open_categories()],
        "status": [str(label) for label in Standing.Status.labels],
    }
    notes.append([*(str(HEADS[field]) for field in lists), _("Example")])
    depth = max(map(len, lists.values()))
    example = example_lines()
    for place in range(max(depth, len(example))):
        row = [names[place] if place < len(names) else None for names in lists.values()]
        notes.append([*row, example[place] if place < len(example) else None])
    for letter, field, target in zip("ABC", lists, "DFG", strict=True):
        notes.column_dimensions[letter].width = 22
        end = len(lists[field]) + 1
        source = f"'{notes.title}'!${letter}$2:${letter}${end}"
        choice = DataValidation(type="list", formula1=source, allow_blank=True)
        choice.add(f"{target}2:{target}{MOST_ROWS + 1}")
        sheet.add_data_validation(choice)
    notes.column_dimensions["D"].width = 60


def example_lines() -> list[str]:
    return [
        _("ID number: 18 signs, as text. Excel must not shorten it."),
        _("Phone: 11 digits, or empty."),
        _("Township and address: may stay empty."),
        _("From: the day on which the category began, such as 2026-03-01."),
        _("At most %(most)s households, and no formulas.") % {"most": MOST_ROWS},
    ]


def read_sheet(file: BinaryIO) -> Iterator[SheetRow]:
    """The rows below the head that have anything in them. Raises SheetRefused."""
    is_first = True
    for number, cells in read_cells(file, columns=len(HEADS), most_rows=MOST_ROWS):
        if is_first and not (number == 1 and is_head(cells)):
            break
        if not is_first:
            values = values_of(cells, len(HEADS))
            yield SheetRow(number, dict(zip(HEADS, values, strict=True)), has_formula(cells))
        is_first = False
    if is_first:
        raise SheetRefused(
            _("The first row is not that of our sheet. Take the sheet out and fill that one in.")
        )


def is_head(cells: Cells) -> bool:
    """In either language, whoever took the sheet out."""
    found = [str(value or "").strip() for value in values_of(cells, len(HEADS))]
    for language, _name in settings.LANGUAGES:
        with override(language):
            if found == [str(head) for head in HEADS.values()]:
                return True
    return False


def townships_of(county: Region) -> list[Region]:
    return list(Region.objects.filter(parent=county).order_by("code"))


def open_categories() -> list[Category]:
    return list(Category.objects.to_choose())


def statuses_by_label() -> dict[str, str]:
    """In either language."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {str(status.label): status.value for status in Standing.Status}
    return found
