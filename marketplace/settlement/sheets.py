"""A month of a cooperative: as its statement says when it is over, live while it goes on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from catalog.producers.models import Cooperative
from marketplace.ledger.models import Entry, Posting
from marketplace.money import FEN, NOTHING
from marketplace.months import end_of, month_of, months_between, next_month, start_of
from marketplace.settlement.columns import COLUMNS, OURS, SALE, column_of, nothing
from marketplace.settlement.models import Statement
from marketplace.settlement.querysets import entries_of, uncounted
from marketplace.settlement.rows import Row, price_of_goods, rows_for

IS_SALE = ExpressionWrapper(Q(posting__event__startswith=SALE), BooleanField())


@dataclass(frozen=True)
class Month:
    """A row of the list of statements; without a number while it goes on."""

    month: date
    opening: Decimal
    closing: Decimal
    number: str = ""


@dataclass(frozen=True)
class Sheet:
    """One month: `opening` and the columns sum to `closing`, and the rows to the columns."""

    cooperative: Cooperative
    month: date
    opening: Decimal
    columns: Mapping[str, Decimal]
    goods: Decimal
    entries: QuerySet[Entry]
    statement: Statement | None = None

    @property
    def closing(self) -> Decimal:
        return sum(self.columns.values(), self.opening)

    @property
    def own_discount(self) -> Decimal:
        """What the cooperative itself took off, as a loss."""
        return self.columns["sold"] + self.columns["market"] - self.goods

    @property
    def postings(self) -> QuerySet[Posting]:
        """The first first; what was booked late stands where its day is."""
        return Posting.objects.filter(pk__in=self.entries.values("posting")).order_by("at", "pk")

    def rows(self, postings: Iterable[Posting]) -> list[Row]:
        return rows_for(self.cooperative.pk, postings)


def read_sheet(*, cooperative: Cooperative, month: date, now: datetime) -> Sheet | None:
    """None for a month before anything was sold, and for one that has not begun."""
    statement = cooperative.statements.filter(month=month).first()
    if statement:
        columns = {name: getattr(statement, name) for name in COLUMNS}
        counted = entries_of(cooperative.pk).filter(statement_row__statement=statement)
        known = (statement.opening, columns, statement.goods, counted)
        return Sheet(cooperative, month, *known, statement)
    live = read_open_months(cooperative, now)
    for one in live:
        if one.month == month:
            due = uncounted(cooperative.pk).filter(posting__at__lt=end_of(month))
            if one != live[0]:
                due = due.filter(posting__at__gte=start_of(month))
            goods = price_of_goods(cooperative.pk, due)
            columns = sum_columns(due, cooperative.pk)
            return Sheet(cooperative, month, one.opening, columns, goods, due)
    return None


def read_months(*, cooperative: Cooperative, now: datetime) -> list[Month]:
    """The newest first."""
    closed = [
        Month(one.month, one.opening, one.closing, one.number)
        for one in cooperative.statements.newest_first()
    ]
    return [*reversed(read_open_months(cooperative, now)), *closed]


def read_open_months(cooperative: Cooperative, now: datetime) -> list[Month]:
    """The oldest first, each beginning where the one before ends. What no statement counts
    although its day is in a closed month goes with the first of them."""
    last = cooperative.statements.newest_first().first()
    balance = last.closing if last else NOTHING
    moved = moved_by_month(cooperative.pk)
    this_month = month_of(timezone.localdate(now))
    begin = next_month(last.month) if last else min(moved, default=this_month)
    late = sum((amount for month, amount in moved.items() if month < begin), NOTHING)
    found = []
    for month in months_between(begin, next_month(this_month)):
        closing = balance + moved.get(month, NOTHING) + late
        found.append(Month(month, balance, closing))
        balance, late = closing, NOTHING
    return found


def moved_by_month(holder: int) -> dict[date, Decimal]:
    """What the months added to the balance, of that which no statement counts."""
    moved: dict[date, Decimal] = defaultdict(Decimal)
    for side, sign in (("taker", 1), ("giver", -1)):
        ours = uncounted(holder).filter(**{f"{side}__holder": holder, f"{side}__kind__in": OURS})
        rows = ours.annotate(month=TruncMonth("posting__at")).order_by().values_list("month")
        for month, amount in rows.annotate(Sum("amount")):
            moved[month.date()] += sign * amount.quantize(FEN)
    return moved


def sum_columns(entries: QuerySet[Entry], holder: int) -> dict[str, Decimal]:
    """Yuan by column of a cooperative's entries, added up by the database."""
    groups = ("giver__kind", "taker__kind", "taker__holder", "is_sale")
    rows = entries.annotate(is_sale=IS_SALE).order_by().values_list(*groups)
    sums = nothing()
    for giver, taker, taker_holder, is_sale, amount in rows.annotate(Sum("amount")):
        is_taken = taker in OURS and taker_holder == holder
        ours, other, sign = (taker, giver, 1) if is_taken else (giver, taker, -1)
        sums[column_of(ours, other, is_sale)] += sign * amount.quantize(FEN)
    return sums
