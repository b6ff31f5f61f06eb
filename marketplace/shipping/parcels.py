"""A parcel, and how parcels are numbered in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.models.product import Storage
from catalog.producers.models import Cooperative
from marketplace.partner.models import Partner, StockRecord

HAN_DIGITS = "一二三四五六七八九十"


class GoodsLine(Protocol):
    """A pack, read with its parent and the parent's districts; how many; for how many yuan."""

    product: Product
    quantity: int
    amount: Decimal


class ParcelLine(GoodsLine, Protocol):
    """With the stock record of the shelf that it comes from."""

    stockrecord: StockRecord


@dataclass(frozen=True, kw_only=True)
class Journey:
    """How a parcel travels; without dates nothing of it can be delivered there.

    `fee` in yuan; `to_free` is what more goods in this parcel would have to cost for it to
    fall away, None when it never does. `free_from` is the amount of goods that made it free,
    if one did.
    """

    fee: Decimal
    grams: int = 0
    dispatch_on: date | None = None
    arrives_on: date | None = None
    to_free: Decimal | None = None
    free_from: Decimal | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Parcel(Journey):
    """Goods of one cooperative and one temperature class on their way to a region."""

    number: int
    partner: Partner
    storage: Storage
    lines: list[ParcelLine]

    @property
    def cooperative(self) -> Cooperative:
        return self.partner.cooperative

    @property
    def title(self) -> str:
        return parcel_title(self.number, self.storage.label)


def sort_into_parcels(
    lines: Iterable[ParcelLine],
) -> list[tuple[Partner, Storage, list[ParcelLine]]]:
    """What travels together: by cooperative as the lines come, warm before cold."""
    shelves: dict[Partner, dict[Storage, list[ParcelLine]]] = {}
    for line in lines:
        shelf = shelves.setdefault(line.stockrecord.partner, {})
        shelf.setdefault(Storage(line.product.parent.storage), []).append(line)
    return [
        (partner, storage, shelf[storage])
        for partner, shelf in shelves.items()
        for storage in Storage
        if storage in shelf
    ]


def grams_of(line: GoodsLine) -> int:
    """Weight in the parcel; where none is known, what the label says (1 ml as 1 g)."""
    pack = line.product
    return line.quantity * (pack.gross_grams or pack.net_grams or pack.net_ml)


def ordinal(number: int) -> str:
    """First, second, … as a Chinese parcel is numbered; digits in English and above ten."""
    if get_language() == "en" or number > len(HAN_DIGITS):
        return str(number)
    return HAN_DIGITS[number - 1]


def counted(number: int) -> str:
    """The number before a measure word: 两 for two."""
    return "两" if number == 2 and get_language() != "en" else ordinal(number)


def parcel_words(number: int) -> str:
    return ngettext("%(number)s parcel", "%(number)s parcels", number) % {"number": counted(number)}


def parcel_title(number: int, words: str) -> str:
    return _("Parcel %(number)s · %(words)s") % {"number": ordinal(number), "words": words}
