"""What the ledger has of one order: by account, and move by move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from marketplace.ledger.models import Account, Entry
from marketplace.money import NOTHING
from marketplace.order.models import Order
from marketplace.shop.templatetags.shop_format import with_yuan


class Balance(NamedTuple):
    name: str
    words: str


class Move(NamedTuple):
    at: datetime
    event: str
    giver: str
    taker: str
    amount: Decimal


@dataclass(frozen=True)
class OrderLedger:
    """The order's entries, the first first; `makers` are the cooperatives' names by their keys."""

    entries: list[Entry]
    makers: Mapping[int, str]

    @cached_property
    def sums(self) -> dict[str, Decimal]:
        """What came to each account less what went, accounts in the order of their coming."""
        sums: dict[str, Decimal] = {}
        for entry in self.entries:
            for account, amount in ((entry.giver, -entry.amount), (entry.taker, entry.amount)):
                name = self.name(account)
                sums[name] = sums.get(name, NOTHING) + amount
        return sums

    @property
    def balances(self) -> list[Balance]:
        return [Balance(name, signed(amount)) for name, amount in self.sums.items()]

    @property
    def sum(self) -> str:
        """Of all balances: nothing, or something is wrong."""
        return signed(sum(self.sums.values(), NOTHING))

    @property
    def moves(self) -> list[Move]:
        return [
            Move(
                entry.posting.at,
                event_words(entry.posting.event),
                self.name(entry.giver),
                self.name(entry.taker),
                entry.amount,
            )
            for entry in self.entries
        ]

    def name(self, account: Account) -> str:
        kind = account.get_kind_display()
        if not account.holder:
            return kind
        return f"{kind} · {self.makers.get(account.holder, account.holder)}"


def read_ledger(order: Order) -> OrderLedger:
    """Of an order read by `for_reading`."""
    entries = Entry.objects.about(order.number).select_related("posting", "giver", "taker")
    cooperatives = [parcel.partner.cooperative for parcel in order.consignments.all()]
    makers = {one.pk: one.short_name_text for one in cooperatives}
    return OrderLedger(list(entries.order_by("pk")), makers)


def event_words(event: str) -> str:
    words = {
        "paid": _("Paid"),
        "late": _("Money came too late"),
        "refund": _("Refunded"),
        "refund_failed": _("The refund came back"),
        "cancelled": _("Cancelled"),
    }
    return words.get(event.partition(":")[0], event)


def signed(amount: Decimal) -> str:
    """+¥30.00, −¥30.00, ¥0.00."""
    return f"{'+' if amount > 0 else ''}{with_yuan(amount)}"
