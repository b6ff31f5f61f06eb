"""Which rate each cooperative has, which comes next, and what was written so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marketplace.partner.models import FeeRate, Partner


@dataclass(frozen=True)
class ShelfFees:
    """Of one cooperative, the rates as written, the newest first."""

    shelf: Partner
    rates: list[FeeRate]
    day: date

    @property
    def in_turn(self) -> list[FeeRate]:
        """The rates that hold or are going to, by day: of two for one day the later written."""
        by_day = {rate.begins_on: rate for rate in reversed(self.rates)}
        return [by_day[day] for day in sorted(by_day)]

    @property
    def present(self) -> FeeRate | None:
        """What holds today; None: nothing is kept."""
        begun = [rate for rate in self.in_turn if rate.begins_on <= self.day]
        return begun[-1] if begun else None

    @property
    def coming(self) -> list[FeeRate]:
        return [rate for rate in self.in_turn if rate.begins_on > self.day]

    @property
    def written(self) -> list[tuple[FeeRate, bool]]:
        """Each rate, and whether a later one has replaced it for its day."""
        kept = {rate.pk for rate in self.in_turn}
        return [(rate, rate.pk not in kept) for rate in self.rates]


def shelves_with_fees(shelves: Iterable[Partner], day: date) -> list[ShelfFees]:
    """In two queries, however many there are."""
    found = list(shelves)
    rates: dict[int, list[FeeRate]] = {shelf.pk: [] for shelf in found}
    for rate in FeeRate.objects.filter(shelf__in=rates).select_related("by").order_by("-pk"):
        rates[rate.shelf_id].append(rate)
    return [ShelfFees(shelf, rates[shelf.pk], day) for shelf in found]
