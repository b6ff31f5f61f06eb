"""Splitting an amount over lines, to the fen."""

from collections.abc import Mapping
from decimal import Decimal

from marketplace.money import FEN


def split(amount: Decimal, weights: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Shares of the amount in proportion to the weights, by largest remainder.

    All in yuan to the fen, none negative; `amount` is at most the sum of the weights. The
    shares sum to the amount exactly and none exceeds its weight. Of equal remainders the
    earlier key is served first.
    """
    total = sum(weights.values())
    fen = int(amount * 100)
    if not fen:
        return dict.fromkeys(weights, Decimal("0.00"))
    parts = {
        key: divmod(fen * int(weight * 100), int(total * 100)) for key, weight in weights.items()
    }
    left = fen - sum(whole for whole, _rest in parts.values())
    favoured = sorted(parts, key=lambda key: -parts[key][1])[:left]
    return {key: (whole + (key in favoured)) * FEN for key, (whole, _rest) in parts.items()}
