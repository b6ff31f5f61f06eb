"""A sheet of prices and stock, and the shelf that it is about."""

from io import BytesIO

from django.core.files.storage import default_storage
from openpyxl import Workbook

from marketplace.partner.models import StockRecord

SHEETS = "/en/dashboard/c/mill/goods/sheet/"


def sheet(*rows) -> bytes:
    book = Workbook()
    book.active.append(["编号", "商品", "规格", "价格", "库存"])
    for row in rows:
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def row(record, price="", quantity=""):
    return [record.partner_sku, "x", "y", price, quantity]


def text_of(response) -> str:
    return response.content.decode()


def shelf_rows() -> list:
    return list(StockRecord.objects.order_by("pk").values())


def stored() -> list[str]:
    return default_storage.listdir("imports")[1] if default_storage.exists("imports") else []
