"""How a derived good differs from its original: the number says that it is a demonstration."""

from decimal import Decimal

from catalog.models import Product
from marketplace.demo import reading
from marketplace.money import FEN
from marketplace.partner.models import StockRecord

MARK = "-D"


def parent_changes(original: Product, number: int) -> dict:
    """Columns of the derived parent."""
    texts = reading.read("bulk")
    variant = texts["variant"][number // len(reading.goods()) % len(texts["variant"])]
    shown = {"number": f"{number:05}", **variant}
    return {
        "upc": f"{original.upc}{MARK}{number:05}",
        "title": texts["title"].format(title=original.title, **shown),
        "title_en": texts["title_en"].format(title_en=original.title_en, **shown),
        "slug": f"{original.slug}-{number:05}",
        "withdrawal_id": None,
    }


def stock_changes(record: StockRecord, number: int) -> dict:
    """Price between 80 % and 125 % of the original's; every twentieth good is sold out."""
    factor = Decimal(80 + number * 7 % 46) / 100
    return {
        "price": (record.price * factor).quantize(FEN),
        "num_in_stock": number * 37 % 240 + 10 if number % 20 else 0,
        "num_allocated": 0,
    }
