"""What a receipt tells of an order; nothing of it says who bought.

There is one from the day on which the first parcel is delivered. Money is what the ledger says of
the order: what it added to the accounts of a cooperative, for goods and for delivery, less what the
market kept and what went back. It is not split by household: nobody in particular was paid by it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from catalog.assistance.published import (
    CooperativeFigures,
    Edition,
    current_edition,
    read_cooperatives,
)
from catalog.origins.words import place_words
from catalog.producers.models import Cooperative
from catalog.traceability.models import Lot
from marketplace.ledger.models import Entry
from marketplace.money import NOTHING
from marketplace.order.models import Consignment, Line, Order
from marketplace.order.states import GIVEN_UP, State
from marketplace.settlement.columns import OURS, columns_of

ARRIVED = (State.DELIVERED, State.COMPLETED)


class Goods(NamedTuple):
    """Packs of one line; `lots` they were packed from, `place` they were grown or made in."""

    name: str
    quantity: int
    place: str
    lots: list[Lot]
    refunded: Decimal


@dataclass(frozen=True)
class Part:
    """What came from one cooperative, and what the order left with it, by column of its account."""

    cooperative: Cooperative
    goods: list[Goods]
    columns: Mapping[str, Decimal]
    figures: CooperativeFigures | None

    @property
    def kept(self) -> Decimal:
        return sum(self.columns.values(), NOTHING)


@dataclass(frozen=True)
class Receipt:
    """`parts` by cooperative; none before anything has arrived. `coming` parcels are on their way
    or still to be sent; `returning` is money on its way back that the ledger still has."""

    parts: list[Part]
    delivered_on: date | None
    booked_on: date | None
    coming: list[Consignment]
    state: State
    returning: Decimal
    edition: Edition | None
    today: date

    @property
    def stage(self) -> str:
        """ready, early (paid, nothing arrived), unpaid, or void: nothing came or will come."""
        if self.parts:
            return "ready"
        if self.state in GIVEN_UP:
            return "void"
        return "unpaid" if self.state == State.AWAITING_PAYMENT else "early"

    @property
    def kept(self) -> Decimal:
        return sum((part.kept for part in self.parts), NOTHING)

    @property
    def is_given_back(self) -> bool:
        """Whether all that the parts' cooperatives had of it has gone back."""
        return bool(self.parts) and not any(part.kept for part in self.parts)

    @property
    def expected_on(self) -> date | None:
        """When the first of what is coming was promised; not a day that has passed without it."""
        promised = [one.promised_on for one in self.coming if one.promised_on]
        first = min(promised, default=None)
        return first if first and first >= self.today else None


def read_receipt(*, order: Order, now: datetime) -> Receipt:
    """Of an order that was read `for_receipt()`."""
    parcels = list(order.consignments.all())
    arrived = [one for one in parcels if one.state in ARRIVED]
    makers = {one.partner.cooperative_id: one.partner.cooperative for one in arrived}
    entries = list(entries_about(order)) if makers else []
    figures = read_cooperatives(makers) if makers else {}
    held = entries_by_holder(entries)
    days = [day for day in map(day_of_arrival, arrived) if day]
    return Receipt(
        parts=[
            part_of(maker, arrived, held[maker.pk], figures.get(maker.pk))
            for maker in sorted(makers.values(), key=lambda maker: maker.pk)
        ],
        delivered_on=max(days, default=None),
        booked_on=max((timezone.localdate(one.posting.at) for one in entries), default=None),
        coming=[one for one in parcels if one.state not in (*ARRIVED, *GIVEN_UP)],
        state=order.state_at(now),
        returning=money_returning(order),
        edition=current_edition() if makers else None,
        today=timezone.localdate(now),
    )


def part_of(
    maker: Cooperative,
    arrived: Iterable[Consignment],
    entries: Iterable[Entry],
    figures: CooperativeFigures | None,
) -> Part:
    goods = [
        goods_of(line)
        for parcel in arrived
        if parcel.partner.cooperative_id == maker.pk
        for line in parcel.lines.all()
    ]
    return Part(maker, goods, columns_of(entries, maker.pk), figures)


def goods_of(line: Line) -> Goods:
    good = line.product.parent if line.product else None
    regions = [good.county, good.township] if good else []
    return Goods(
        name=line.title_text,
        quantity=line.quantity,
        place=place_words(region for region in regions if region),
        lots=[one.lot for one in line.lots.all()],
        refunded=line.refunded,
    )


def entries_about(order: Order) -> Iterable[Entry]:
    return Entry.objects.about(order.number).select_related("posting", "giver", "taker")


def entries_by_holder(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        for holder in {one.holder for one in (entry.giver, entry.taker) if one.kind in OURS}:
            found[holder].append(entry)
    return found


def day_of_arrival(parcel: Consignment) -> date | None:
    """By its steps."""
    steps = (one.at for one in parcel.steps.all() if one.state == State.DELIVERED)
    return next(map(timezone.localdate, steps), None)


def money_returning(order: Order) -> Decimal:
    payment = getattr(order, "payment", None)
    refunds = payment.refunds.all() if payment else []
    return sum((one.amount for one in refunds if one.state == "pending"), NOTHING)
