"""What is taken off a basket, by whom it is borne, and how it is split over the lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from catalog.models import Product
from marketplace.money import NOTHING
from marketplace.partner.models import StockRecord


class PricedLine(Protocol):
    """A basket line: its pack, its shelf, how many, and what they cost in yuan."""

    pk: int
    product: Product
    stockrecord: StockRecord
    quantity: int
    amount: Decimal


@dataclass(frozen=True)
class Discount:
    """One discount on a basket; `shares` are yuan by line key and sum to `amount`.

    `bearer` says who pays for it, in the reader's language; `cooperative_id` is that of the
    cooperative that does, None for the market itself.
    """

    offer_id: int
    voucher_id: int | None
    name: str
    bearer: str
    amount: Decimal
    shares: Mapping[int, Decimal]
    cooperative_id: int | None = None


@dataclass(frozen=True)
class Discounts:
    """All discounts on a basket; `problem` says why its voucher does not count."""

    rows: list[Discount] = field(default_factory=list)
    problem: str = ""

    @property
    def total(self) -> Decimal:
        return sum((row.amount for row in self.rows), NOTHING)

    def on(self, line_pk: int) -> Decimal:
        """What is taken off one line."""
        return sum((row.shares.get(line_pk, NOTHING) for row in self.rows), NOTHING)


def discount_row(name: str, bearer: str, amount: Decimal) -> tuple[str, str]:
    """A discount as a line of a sum: its name with who pays for it, and the amount."""
    words = _("%(name)s (%(bearer)s)") % {"name": name, "bearer": bearer} if bearer else name
    return words, f"−¥{amount:,.2f}"
