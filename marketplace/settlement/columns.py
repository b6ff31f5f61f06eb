"""The columns of a statement, and in which of them an entry of the ledger stands."""

from collections.abc import Iterable
from decimal import Decimal

from marketplace.ledger.models import Account, Entry
from marketplace.money import NOTHING

Kind = Account.Kind
OURS = (Kind.COOPERATIVE, Kind.FREIGHT)
COLUMNS = ("sold", "market", "delivery", "refunded", "fee", "paid_out")
SALE = "paid:"


def column_of(ours: str, other: str, is_sale: bool) -> str:
    """Of an entry between an account of the cooperative and another: every entry has a column,
    so that the columns always sum to what the accounts have gained or lost. What is no sale, no
    fee and no payout is money that went back, or a going back undone."""
    if other == Kind.FEE:
        return "fee"
    if other == Kind.PAID_OUT:
        return "paid_out"
    if not is_sale:
        return "refunded"
    if ours == Kind.FREIGHT:
        return "delivery"
    return "market" if other == Kind.PROMOTION else "sold"


def nothing() -> dict[str, Decimal]:
    return dict.fromkeys(COLUMNS, NOTHING)


def columns_of(entries: Iterable[Entry], holder: int) -> dict[str, Decimal]:
    """Yuan by column of entries read with posting and both accounts, all of that holder."""
    sums = nothing()
    for entry in entries:
        is_taken = entry.taker.kind in OURS and entry.taker.holder == holder
        ours, other = (entry.taker, entry.giver) if is_taken else (entry.giver, entry.taker)
        column = column_of(ours.kind, other.kind, entry.posting.event.startswith(SALE))
        sums[column] += entry.amount if is_taken else -entry.amount
    return sums
