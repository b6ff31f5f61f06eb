"""Writing statements, bank accounts and payouts."""

from marketplace.settlement.services.accounts import (
    confirm_account,
    refuse_account,
    write_account,
)
from marketplace.settlement.services.bank_files import make_bank_file
from marketplace.settlement.services.payouts import (
    approve,
    mark_paid,
    mark_returned,
    propose_payouts,
    reject,
    withdraw,
)
from marketplace.settlement.services.statements import close_months

__all__ = [
    "approve",
    "close_months",
    "confirm_account",
    "make_bank_file",
    "mark_paid",
    "mark_returned",
    "propose_payouts",
    "refuse_account",
    "reject",
    "withdraw",
    "write_account",
]
