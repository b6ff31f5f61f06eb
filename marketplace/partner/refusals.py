"""Why a pack cannot be sold as asked. Whoever raises one of these has changed nothing."""

from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _

from marketplace.money import FEN

if TYPE_CHECKING:
    from catalog.models import Product
    from marketplace.partner.models import StockRecord


# Of one pack in one order.
MOST_PACKS = 999
# Of one pack, in yuan.
LEAST_PRICE, MOST_PRICE = Decimal("0.10"), Decimal("99999.00")


class SaleLine(Protocol):
    """A pack, its stock record and how many packs are asked for."""

    product: "Product"
    stockrecord: "StockRecord"
    quantity: int


class Refusal(Exception):
    """The line that is refused; `words` say why in the reader's language."""

    words: str

    def __init__(self, line: SaleLine) -> None:
        super().__init__(line)
        self.line = line

    @property
    def instead(self) -> list[int]:
        """Numbers of packs that would be sold, nearest to what was asked for."""
        return []


class NotForSale(Refusal):
    """Withdrawn, out of season, or a required paper is missing."""

    @property
    def words(self) -> str:
        return _("No longer for sale.")


class BelowMinimum(Refusal):
    @property
    def words(self) -> str:
        return quantity_words(self.line.product)

    @property
    def instead(self) -> list[int]:
        return [self.line.product.minimum_quantity]


class NotAStep(Refusal):
    """Enough, but not the minimum and a number of whole steps."""

    @property
    def words(self) -> str:
        step, numbers = self.line.product.quantity_step, self.instead
        if len(numbers) == 1:
            words = _("Sold in steps of %(step)s packs: %(lower)s would be possible.")
            return words % {"step": step, "lower": numbers[0]}
        words = _("Sold in steps of %(step)s packs: %(lower)s or %(higher)s would be possible.")
        return words % {"step": step, "lower": numbers[0], "higher": numbers[1]}

    @property
    def instead(self) -> list[int]:
        pack = self.line.product
        lower, most = pack.quantity_within(self.line.quantity), most_packs(self.line)
        higher = lower + pack.quantity_step
        return [lower, higher] if higher <= most else [lower]


class OutOfStock(Refusal):
    @property
    def words(self) -> str:
        free = self.line.stockrecord.free
        if free < self.line.product.minimum_quantity:
            return _("Sold out.")
        return _("Only %(free)s packs left.") % {"free": free}

    @property
    def instead(self) -> list[int]:
        return [most] if (most := most_packs(self.line)) else []


class PriceChanged(Refusal):
    """The price is no longer the one that the buyer was shown."""

    @property
    def words(self) -> str:
        price = self.line.stockrecord.price
        return _("The price is now ¥%(price)s. Please look at it once more.") % {"price": price}


class StockBelowAllocated(Exception):
    """Fewer packs than buyers have ordered already; nothing has changed."""

    def __init__(self, record: "StockRecord") -> None:
        super().__init__(record)
        self.record = record

    @property
    def words(self) -> str:
        least = self.record.num_allocated
        return _("%(least)s packs are ordered already: the stock cannot be less.") % {
            "least": least
        }


class PriceRefused(Exception):
    """No price that a good can have, or so far from the present one that it must be a slip of
    the finger; nothing has changed."""

    def __init__(self, record: "StockRecord", price: Decimal) -> None:
        super().__init__(record, price)
        self.record, self.price = record, price

    @property
    def words(self) -> str:
        if not LEAST_PRICE <= self.price <= MOST_PRICE or self.price != self.price.quantize(FEN):
            return price_words()
        return _(
            "¥%(price)s would be ten times or a tenth of ¥%(now)s. Is the decimal point in its "
            "place?"
        ) % {"price": self.price, "now": self.record.price}


def price_words() -> str:
    """Which prices there can be."""
    return _("A price is between ¥%(least)s and ¥%(most)s, to the fen.") % {
        "least": LEAST_PRICE,
        "most": MOST_PRICE,
    }


def most_packs(line: SaleLine) -> int:
    """The largest number of packs that may be bought of what is free; 0 for none."""
    return line.product.quantity_within(min(line.stockrecord.free, MOST_PACKS))


def quantity_words(pack: "Product") -> str:
    """In which numbers a pack is sold; empty when in any."""
    least, step = pack.minimum_quantity, pack.quantity_step
    if step > 1:
        return _("Sold from %(least)s packs upwards, %(step)s at a time.") % {
            "least": least,
            "step": step,
        }
    return _("Sold from %(least)s packs upwards.") % {"least": least} if least > 1 else ""
