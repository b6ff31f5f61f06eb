"""What one good's packs cost, what they cost before, and who changed it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from catalog.models import Product
from marketplace.partner.models import PriceChange, PricePaid

LATEST = 10


@dataclass(frozen=True)
class PackHistory:
    """`was_price` is the most that may be named as its earlier price."""

    pack: Product
    was_price: Decimal | None
    changes: list[PriceChange]


def history_of(good: Product, now: datetime) -> list[PackHistory]:
    """Of a good with `packs`, of which there are few."""
    return [
        PackHistory(
            pack,
            PricePaid.objects.highest_was_price(pack.record, now),
            list(
                PriceChange.objects.filter(stockrecord=pack.record)
                .select_related("by")
                .order_by("-pk")[:LATEST]
            ),
        )
        for pack in good.packs
    ]
