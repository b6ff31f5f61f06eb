"""What one good's packs cost and how many there were, before, and who changed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from heapq import nlargest
from operator import attrgetter
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.producers.models import Membership
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.partner.models import PriceChange, PricePaid

LATEST = 10


class PackChange(NamedTuple):
    """`by_market` when whoever did it has never acted for the cooperative."""

    words: str
    at: datetime
    by: User | None
    by_market: bool


@dataclass(frozen=True)
class PackHistory:
    """`was_price` is the most that may be named as its earlier price."""

    pack: Product
    was_price: Decimal | None
    changes: list[PackChange]


def history_of(good: Product, now: datetime) -> list[PackHistory]:
    """Of a good with `packs`, of which there are few."""
    people = Membership.objects.filter(cooperative=good.cooperative_id).order_by()
    ours = set(people.values_list("user", flat=True))
    return [
        PackHistory(
            pack,
            PricePaid.objects.highest_was_price(pack.record, now),
            nlargest(LATEST, changes_of(pack.record, ours), key=attrgetter("at")),
        )
        for pack in good.packs
    ]


def changes_of(record: int, ours: set[int]) -> Iterator[PackChange]:
    """The latest of price and of stock, in no order."""
    prices = PriceChange.objects.filter(stockrecord=record).select_related("by").order_by("-pk")
    for change in prices[:LATEST]:
        words = f"¥{change.before} → ¥{change.after}"
        yield PackChange(words, change.at, change.by, is_market(change.by, ours))
    for change in Change.objects.latest_of(Change.Room.STOCK, str(record))[:LATEST]:
        numbers = {"before": change.before["num_in_stock"], "after": change.after["num_in_stock"]}
        words = _("Stock %(before)s → %(after)s") % numbers
        yield PackChange(words, change.at, change.by, is_market(change.by, ours))


def is_market(by: User | None, ours: set[int]) -> bool:
    """Prices and stock are written by the cooperative's people and by operators, nobody else."""
    return by is not None and by.pk not in ours
