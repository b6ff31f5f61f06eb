"""Yuan and fen."""

from decimal import Decimal

from django.db.models import Expression
from django.db.models.functions import Round

FEN = Decimal("0.01")
NOTHING = Decimal("0.00")


def to_the_fen(money: Expression) -> Round:
    """For sums that a database keeps or compares: it may add in binary, as SQLite does."""
    return Round(money, precision=2)
