"""Sheets of households as a county fills them in."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tests.factories.households import typed

HEAD = [
    "Name of the householder",
    "ID number",
    "Phone",
    "Township",
    "Address",
    "Category",
    "Status",
    "From",
]


def row_of(seed: int, **changes) -> list[object]:
    said = {"township": "", "category": "脱贫户", "status": "", **typed(seed), **changes}
    fields = ["name", "id_number", "phone", "township", "address", "category", "status"]
    return [*(said[field] for field in fields), said["begins_on"]]


def sheet_of(*rows, head=HEAD) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def upload(content: bytes, name: str = "农户.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
