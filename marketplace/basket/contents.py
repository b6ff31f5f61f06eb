"""What lies in a basket, as the basket and confirm pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from marketplace.basket.models import Basket, Line
from marketplace.money import NOTHING
from marketplace.offer.discounts import Discounts
from marketplace.offer.services import Person, discounts_for
from marketplace.partner.models import Partner
from marketplace.partner.refusals import Refusal
from marketplace.partner.services import check_sale
from marketplace.shipping.parcels import Parcel
from marketplace.shipping.reach import Reach, reach_of


@dataclass(frozen=True)
class Sender:
    """A cooperative and the parcels that it sends."""

    partner: Partner
    parcels: list[Parcel]


@dataclass(frozen=True)
class Contents:
    """Lines, the parcels they travel in, what is taken off, what is saved; amounts in yuan."""

    lines: list[Line]
    parcels: list[Parcel]
    discounts: Discounts
    saved: list[Line] = field(default_factory=list)

    @property
    def senders(self) -> list[Sender]:
        senders: dict[Partner, list[Parcel]] = {}
        for parcel in self.parcels:
            senders.setdefault(parcel.partner, []).append(parcel)
        return [Sender(partner, parcels) for partner, parcels in senders.items()]

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def goods_total(self) -> Decimal:
        return sum((line.amount for line in self.lines), NOTHING)

    @property
    def fee_total(self) -> Decimal:
        return sum((parcel.fee for parcel in self.parcels), NOTHING)

    @property
    def total(self) -> Decimal:
        return self.goods_total - self.discounts.total + self.fee_total

    @property
    def last_arrival(self) -> date | None:
        """The day on which the last parcel is promised."""
        return max((p.arrives_on for p in self.parcels if p.arrives_on), default=None)

    @property
    def is_blocked(self) -> bool:
        """Whether a line must be changed or taken out before anything can be ordered."""
        return any(line.is_blocked for line in self.lines)

    def mark(self, line_id: int, words: str, typed: str = "", instead: Sequence[int] = ()) -> None:
        """Put the words beside the line, and what was typed back into its field."""
        for line in [*self.lines, *self.saved]:
            if line.pk == line_id:
                line.problem, line.typed, line.instead = words, typed, instead


def contents_of(
    *, basket: Basket | None, region_code: str, person: Person, now: datetime
) -> Contents:
    """The basket's lines on their way to the region, each with the words that keep it from
    being ordered now."""
    if basket is None:
        return Contents([], [], Discounts())
    everything = list(Line.objects.filter(basket=basket).for_page())
    reach = reach_of(region_code)
    for line in everything:
        check_line(line, reach, timezone.localdate(now))
    lines = [line for line in everything if not line.saved]
    code = basket.voucher_code
    return Contents(
        lines,
        reach.quote(lines, now),
        discounts_for(lines=lines, voucher_code=code, person=person, now=now),
        [line for line in everything if line.saved],
    )


def check_line(line: Line, reach: Reach, day: date) -> None:
    """Say on the line what keeps it from being ordered, if anything does."""
    try:
        check_sale(line=line, day=day)
        reach.check(line)
    except Refusal as refusal:
        line.refusal, line.problem, line.instead = refusal, refusal.words, refusal.instead
