"""Yuan and fen."""

from decimal import Decimal

FEN = Decimal("0.01")
NOTHING = Decimal("0.00")
