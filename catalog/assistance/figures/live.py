"""Figures as of this moment, for the staff alone: nothing is hidden in them and nothing frozen.

They are counted as a batch is, by the same rules. Whoever shows them sees to it that an operator
sees all counties, a county its own, and nobody else any.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from catalog.assistance.figures.counting import count_by, count_table, in_fen, in_yuan
from catalog.assistance.figures.shapes import Place, Span, Table
from catalog.assistance.models import Record
from catalog.assistance.querysets import RecordQuerySet
from catalog.origins.models import Region

COUNTED = [
    (Table.ALL, Span.MONTH),
    (Table.ALL, Span.YEAR),
    (Table.MODE, Span.YEAR),
    (Table.COUNTY, Span.YEAR),
    (Table.COOPERATIVE, Span.YEAR),
]


class LiveFigure(NamedTuple):
    payments: int
    households: int
    fen: int

    @property
    def amount(self) -> Decimal:
        return in_yuan(self.fen)


NO_FIGURE = LiveFigure(0, 0, 0)


class Waiting(NamedTuple):
    """For a county's word: payments, and counter-records with what they take back."""

    payments: int
    amount: Decimal
    counters: int
    taken_back: Decimal


@dataclass(frozen=True)
class Live:
    year: int
    figures: dict[Place, LiveFigure]

    @property
    def total(self) -> LiveFigure:
        return self.figures.get(Place(Table.ALL, "", Span.YEAR, date(self.year, 1, 1)), NO_FIGURE)

    def of_month(self, month: date) -> LiveFigure:
        return self.figures.get(Place(Table.ALL, "", Span.MONTH, month), NO_FIGURE)

    def rows(self, table: Table) -> list[tuple[Place, LiveFigure]]:
        """Of one of the tables that are counted by year alone, most households first."""
        rows = [(at, one) for at, one in self.figures.items() if at.table == table]
        return sorted(rows, key=lambda row: (-row[1].households, -row[1].fen, row[0].row))


def count_live(year: int, now: datetime, county: Region | None = None) -> Live:
    """Of one county, or of all; in the same number of queries for any number of records."""
    records = seen_by(county).counted_at(now).filter(paid_on__year=year)
    figures: dict[Place, LiveFigure] = {}
    for table, span in COUNTED:
        payments = count_by(records, table, span, "", Count("pk"))
        figures |= {
            place: LiveFigure(payments[place], *figure)
            for place, figure in count_table(records, table, span).items()
            if place in payments
        }
    return Live(year, figures)


def read_waiting(county: Region | None = None) -> Waiting:
    """Of any year, as the list of what waits."""
    is_counter = Q(counters__isnull=False)
    found = (
        seen_by(county)
        .waiting()
        .aggregate(
            payments=Count("pk", filter=~is_counter),
            paid=Sum("amount", filter=~is_counter),
            countering=Count("pk", filter=is_counter),
            back=Sum("amount", filter=is_counter),
        )
    )
    paid, back = (in_yuan(in_fen(found[side] or 0)) for side in ("paid", "back"))
    return Waiting(found["payments"], paid, found["countering"], -back)


def years_with_records(county: Region | None = None) -> set[int]:
    return {day.year for day in seen_by(county).dates("paid_on", "year")}


def seen_by(county: Region | None) -> RecordQuerySet:
    return Record.objects.of_county(county) if county else Record.objects.all()
