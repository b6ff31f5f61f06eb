"""Our own applicator: which offers count on a basket and what each takes off. No queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from marketplace.money import FEN, NOTHING
from marketplace.offer.discounts import Discount, PricedLine
from marketplace.offer.goods import RangeGoods
from marketplace.offer.models import Benefit, ConditionalOffer
from marketplace.offer.splitting import split


@dataclass
class Table:
    """The lines while offers are applied to them: what each still costs and what closed it.

    The rules:

    - Offers for everybody come first, by priority, then the oldest. A voucher comes last; one
      voucher per order. Each counts once, on what those before it have left of the price.
    - An exclusive offer counts only goods that no other offer has counted, and no later offer,
      nor a voucher, counts its goods.
    - The threshold is the sum of the open goods in the condition's range. The discount is an
      amount, or a percentage rounded half up to the fen once, over their sum; at most the
      offer's cap, and so much that a fen of the goods is left to pay: an order that costs
      nothing cannot be paid. Delivery is never discounted.
    - Goods that are not discountable are in no range. What a cooperative bears is counted and
      taken off on its own goods alone.
    - The discount is split over its lines in proportion to what they still cost, by largest
      remainder.
    """

    lines: Sequence[PricedLine]
    goods: RangeGoods
    left: dict[int, Decimal] = field(init=False)
    counted: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.left = {line.pk: line.amount for line in self.lines}

    def open_lines(self, offer: ConditionalOffer, range_id: int) -> list[int]:
        """Keys of the lines in the range that this offer may count now."""
        shut = self.closed | self.counted if offer.exclusive else self.closed
        return [
            line.pk
            for line in self.lines
            if line.pk not in shut
            and is_discountable(line, offer)
            and self.goods.has(range_id, line)
        ]

    def sum_of(self, keys: Iterable[int]) -> Decimal:
        return sum((self.left[key] for key in keys), NOTHING)

    def apply(self, offer: ConditionalOffer, voucher_id: int | None = None) -> Discount | None:
        """Take the offer's discount off its lines; None when it does not count here."""
        asked = self.open_lines(offer, offer.condition.range_id)
        given = self.open_lines(offer, offer.benefit.range_id)
        if not asked or self.sum_of(asked) < offer.condition.value:
            return None
        amount = amount_off(offer, self.sum_of(given))
        if not amount:
            return None
        shares = split(amount, {key: self.left[key] for key in given})
        for key, share in shares.items():
            self.left[key] -= share
        self.counted.update(asked, given)
        if offer.exclusive:
            self.closed.update(asked, given)
        return Discount(
            offer_id=offer.pk,
            voucher_id=voucher_id,
            name=offer.name_text,
            bearer=offer.bearer_text,
            amount=amount,
            shares={key: share for key, share in shares.items() if share},
            cooperative_id=offer.cooperative_id,
        )

    def missing(self, offer: ConditionalOffer) -> Decimal | None:
        """Yuan of goods still missing for the threshold; None when no line is the offer's."""
        asked = self.open_lines(offer, offer.condition.range_id)
        return max(offer.condition.value - self.sum_of(asked), NOTHING) if asked else None


def is_discountable(line: PricedLine, offer: ConditionalOffer) -> bool:
    pack, good = line.product, line.product.parent
    if offer.cooperative_id not in (None, good.cooperative_id):
        return False
    return pack.is_discountable and good.is_discountable


def amount_off(offer: ConditionalOffer, cost: Decimal) -> Decimal:
    """What the offer takes off goods that still cost this much."""
    amount = offer.benefit.value
    if offer.benefit.type == Benefit.Kind.PERCENT:
        amount = (cost * amount / 100).quantize(FEN, ROUND_HALF_UP)
    if offer.most_off is not None:
        amount = min(amount, offer.most_off)
    return max(min(amount, cost - FEN), NOTHING)
