"""What a batch is made of: tables, the spans of each, and one figure."""

from datetime import date
from typing import NamedTuple

from catalog.assistance.models import Cell
from marketplace.months import month_of, months_between, next_month, quarter_of, year_of

Table, Span = Cell.Table, Cell.Span
BEGINNINGS = {Span.MONTH: month_of, Span.QUARTER: quarter_of, Span.YEAR: year_of}
MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}
SPANS = {
    Table.ALL: (Span.MONTH, Span.QUARTER, Span.YEAR),
    Table.COUNTY: (Span.MONTH, Span.YEAR),
    Table.MODE: (Span.MONTH, Span.YEAR),
    Table.SPECIALTY: (Span.MONTH, Span.YEAR),
    Table.COOPERATIVE: (Span.QUARTER, Span.YEAR),
}
WITHOUT_SPECIALTY = "-"
SMALLEST_SHOWN = 5


class Place(NamedTuple):
    """Where a figure stands: a row of a table in a span."""

    table: str
    row: str
    span: str
    begins_on: date


class Figure(NamedTuple):
    """Distinct households, and money in fen."""

    households: int
    fen: int

    @property
    def is_small(self) -> bool:
        return self.households < SMALLEST_SHOWN


def first_month(month: date) -> date:
    """Of the months that a batch for this month restates."""
    return date(month.year - 1, 1, 1)


def last_month(place: Place, month: date) -> date:
    """Until when a batch for this month has counted: a span may not be over yet."""
    months = MONTHS[Span(place.span)]
    of_span = place.begins_on.month + months - 1
    return min(place.begins_on.replace(month=of_span), month)


def months_of(begins_on: date, span: str, month: date) -> list[date]:
    """The months of a span that a batch for this month covers."""
    until = last_month(Place("", "", span, begins_on), month)
    return list(months_between(begins_on, next_month(until)))
