"""Catch weight: what is sold by about so much is settled on what it really weighs."""

from decimal import Decimal

from marketplace.money import FEN, NOTHING
from marketplace.order.models import Line

FEN_IN_YUAN = 100
# A scale's figure further from what was sold is a slip of the finger, not a sheep.
LEAST_SHARE, MOST_SHARE = Decimal("0.5"), Decimal(2)


def sold_grams(line: Line) -> int:
    return line.net_grams * line.quantity


def limits_of(line: Line) -> tuple[int, int]:
    """The least and the most grams that are believed of all packs of the line."""
    sold = sold_grams(line)
    return int(sold * LEAST_SHARE), int(sold * MOST_SHARE)


def price_of_weight(price: Decimal, sold: int, weighed: int) -> Decimal:
    """Yuan for what was really there; never above the price, fractions of a fen are the buyer's."""
    if weighed >= sold:
        return price
    return int(price * FEN_IN_YUAN) * weighed // sold * FEN


def owed_back(line: Line) -> Decimal:
    """Yuan of a weighed line that the buyer gets back, of what was not given back before."""
    if line.weighed_grams is None:
        return NOTHING
    price = line.line_price_incl_tax
    lighter = price - price_of_weight(price, sold_grams(line), line.weighed_grams)
    return min(lighter, line.refundable)
