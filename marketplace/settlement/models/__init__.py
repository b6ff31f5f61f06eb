"""What the market owes a cooperative, month by month, and how it was paid out."""

from marketplace.settlement.models.accounts import BankAccount
from marketplace.settlement.models.payouts import OPEN, BankFile, Payout, PayoutStep
from marketplace.settlement.models.statements import Statement, StatementEntry

__all__ = [
    "OPEN",
    "BankAccount",
    "BankFile",
    "Payout",
    "PayoutStep",
    "Statement",
    "StatementEntry",
]
