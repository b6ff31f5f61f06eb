"""Counting a batch: in the database, in the same number of queries for any number of records.

Households are counted apart from the money: a record of three households would count its money
three times. What comes back is as many rows as there are figures, not as there are records.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth, TruncQuarter, TruncYear

from catalog.assistance.figures.shapes import (
    SPANS,
    WITHOUT_SPECIALTY,
    Figure,
    Place,
    Span,
    Table,
    first_month,
)
from catalog.assistance.models import Record, RecordHousehold
from marketplace.months import next_month

TRUNC = {Span.MONTH: TruncMonth, Span.QUARTER: TruncQuarter, Span.YEAR: TruncYear}
ROWS = {
    Table.COUNTY: "agreement__county",
    Table.MODE: "agreement__mode__code",
    Table.SPECIALTY: "agreement__specialty",
    Table.COOPERATIVE: "cooperative",
}
STEPS = sum(map(len, SPANS.values()))
HUNDRED = 100


def count_figures(
    month: date, cutoff: datetime, tell: Callable[[], None] = lambda: None
) -> dict[Place, Figure]:
    """Every row that has records; `tell` is called after each of the STEPS."""
    records = Record.objects.counted_at(cutoff).filter(
        paid_on__gte=first_month(month), paid_on__lt=next_month(month)
    )
    figures: dict[Place, Figure] = {}
    for table, spans in SPANS.items():
        for span in spans:
            figures |= count_table(records, table, span)
            tell()
    return figures


def count_table(records: QuerySet[Record], table: Table, span: Span) -> dict[Place, Figure]:
    """By row and span. A row whose first record is confirmed between the two questions is not
    there yet; for a batch nothing is confirmed any more."""
    members = RecordHousehold.objects.filter(record__in=records)
    households = count_by(members, table, span, "record__", Count("household", distinct=True))
    amounts = count_by(records, table, span, "", Sum("amount"))
    return {
        place: Figure(count, in_fen(amounts[place]))
        for place, count in households.items()
        if place in amounts
    }


def count_by(
    rows: QuerySet, table: Table, span: Span, way: str, what: Count | Sum
) -> dict[Place, int | Decimal]:
    """`way` leads from these rows to their record."""
    row = way + ROWS[table] if table in ROWS else None
    rows = rows.annotate(
        begins=TRUNC[span](f"{way}paid_on"), **({} if row else {"nobody": Value("")})
    )
    found = rows.order_by().values_list(row or "nobody", "begins").annotate(what=what)
    return {Place(table, name_of(key), span, begins): value for key, begins, value in found}


def name_of(key: str | int | None) -> str:
    return WITHOUT_SPECIALTY if key is None else str(key)


def in_fen(amount: Decimal) -> int:
    """SQLite sums as floating point numbers."""
    return round(amount * HUNDRED)


def in_yuan(fen: int) -> Decimal:
    return Decimal(fen) / HUNDRED
