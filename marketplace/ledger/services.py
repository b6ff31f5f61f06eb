"""Writing the ledger. What was posted is never changed; it is undone by posting the reverse."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from marketplace.ledger.models import Account, Entry, Posting


class Place(NamedTuple):
    """An account by its kind and the key of its holder."""

    kind: Account.Kind
    holder: int = 0


class Move(NamedTuple):
    """Yuan from one account to another; nothing is a move of nothing."""

    giver: Place
    taker: Place
    amount: Decimal


@transaction.atomic
def post(*, event: str, reference: str, moves: Iterable[Move], at: datetime) -> bool:
    """Write one event's moves, once; False when it was posted before, and nothing is written.

    Moves between the same two accounts are summed, moves of ¥0 left out. Rows are written in the
    order of the holders' accounts, as these are locked by whoever pays out: neither then waits
    for the other. ValueError for an amount below zero: money goes back by a move the other way.
    """
    sums: dict[tuple[Place, Place], Decimal] = defaultdict(Decimal)
    for move in moves:
        if move.amount < 0:
            raise ValueError(f"{event}: {move}")
        if move.amount:
            sums[move.giver, move.taker] += move.amount
    posting, is_new = Posting.objects.get_or_create(
        event=event, defaults={"reference": reference, "at": at}
    )
    if not is_new:
        return False
    accounts = open_accounts({place for pair in sums for place in pair})
    entries = [
        Entry(posting=posting, giver=accounts[giver], taker=accounts[taker], amount=amount)
        for (giver, taker), amount in sums.items()
    ]
    Entry.objects.bulk_create(sorted(entries, key=key_of_holders_account))
    return True


def key_of_holders_account(entry: Entry) -> int:
    """The market's own accounts are many postings' and are locked by nobody."""
    held = (account.pk for account in (entry.giver, entry.taker) if account.holder)
    return max(held, default=0)


def post_reverse(*, event: str, of: str, at: datetime) -> bool:
    """Undo what was posted for the event `of`, once; the rows of both stay."""
    entries = Entry.objects.filter(posting__event=of).select_related("posting", "giver", "taker")
    moves = [Move(place_of(entry.taker), place_of(entry.giver), entry.amount) for entry in entries]
    return post(event=event, reference=entries[0].posting.reference, moves=moves, at=at)


def place_of(account: Account) -> Place:
    return Place(Account.Kind(account.kind), account.holder)


def open_accounts(places: Iterable[Place]) -> dict[Place, Account]:
    """The accounts, each opened when money first goes to it or comes from it."""
    wanted = sorted(set(places))
    rows = [Account(kind=place.kind, holder=place.holder) for place in wanted]
    Account.objects.bulk_create(rows, ignore_conflicts=True)
    found = Account.objects.filter(
        kind__in={place.kind for place in wanted}, holder__in={place.holder for place in wanted}
    )
    return {place_of(account): account for account in found}
