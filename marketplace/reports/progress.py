"""How far a plan has come, by the sales that one batch has frozen.

The same plan and batch give the same figures at any time. A plan is measured by the sales that
it names; what was sold besides stands apart, as not planned.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet, Sum

from catalog.assistance.models import Batch
from catalog.models import Category
from catalog.origins.models import Region
from marketplace.money import FEN, NOTHING
from marketplace.months import end_of, start_of
from marketplace.order.models import Channel
from marketplace.reports.course import Amounts, Course, course_of
from marketplace.reports.models import Plan, PlanLine, SalesCell
from marketplace.reports.sales import months_of

CHANNELS = {value: place for place, value in enumerate(Channel.values)}


class Key(NamedTuple):
    """What a line of a plan is about."""

    county: str
    specialty: int
    channel: str


class Scope(NamedTuple):
    """What is looked at; nothing given is everything."""

    county: str | None = None
    specialty: int | None = None
    channel: str | None = None

    @property
    def filters(self) -> dict[str, object]:
        names = {"county": self.county, "specialty": self.specialty, "channel": self.channel}
        return {name: value for name, value in names.items() if value}


EVERYTHING = Scope()


class Sold(NamedTuple):
    """Yuan."""

    sold: Decimal = NOTHING
    refunded: Decimal = NOTHING


@dataclass(frozen=True)
class Row:
    county: Region
    specialty: Category
    channel: Channel
    amounts: Amounts


class Point(NamedTuple):
    """At the end of a month of the target year, or where the figures end within it: what was
    sold until then, None where nothing is known yet, and where the pace is."""

    month: date
    net: Decimal | None
    pace: Decimal


@dataclass(frozen=True)
class Progress:
    """`until` is the moment until which sales are counted; without a batch nothing is."""

    plan: Plan
    batch: Batch | None
    until: datetime
    rows: list[Row]
    unplanned: list[Row]
    total: Amounts
    not_planned: Amounts
    points: list[Point]


def batches_for(plan: Plan) -> QuerySet[Batch]:
    """The published ones that tell of the plan's year, the newest first: a batch restates its
    own year and the one before."""
    years = (plan.target_year, plan.target_year + 1)
    told = Batch.objects.published().filter(month__year__in=years)
    return told.order_by("-published_at", "-pk")


def read_progress(*, plan: Plan, batch: Batch | None, scope: Scope = EVERYTHING) -> Progress:
    """In a fixed number of queries."""
    begin = start_of(date(plan.target_year, 1, 1))
    until = max(months_of(batch)[1], begin) if batch else begin
    course = course_of(plan.target_year, until)
    lines = plan.lines.filter(**scope.filters).select_related("county", "specialty")
    planned = {key_of(line): line for line in lines}
    sold = sold_in_year(plan, batch, scope) if batch else {}
    rows = [row_of(line, sum_of(sold.get(key, {})), course) for key, line in planned.items()]
    others = {key: sum_of(months) for key, months in sold.items() if key not in planned}
    unplanned = rows_without_line(others, course)
    months = [months for key, months in sold.items() if key in planned]
    total = total_of(rows, course)
    return Progress(
        plan=plan,
        batch=batch,
        until=until,
        rows=sorted(rows, key=place_of),
        unplanned=sorted(unplanned, key=place_of),
        total=total,
        not_planned=total_of(unplanned, course),
        points=points_of(plan, months, total.target or NOTHING, until),
    )


def sold_in_year(plan: Plan, batch: Batch, scope: Scope) -> dict[Key, dict[date, Sold]]:
    cells = SalesCell.objects.of_batch(batch).filter(month__year=plan.target_year, **scope.filters)
    groups = cells.order_by().values_list("county", "specialty", "channel", "month")
    found: dict[Key, dict[date, Sold]] = defaultdict(dict)
    for *key, month, sold, refunded in groups.annotate(Sum("sold"), Sum("refunded")):
        found[Key(*key)][month] = Sold(sold.quantize(FEN), refunded.quantize(FEN))
    return dict(found)


def key_of(line: PlanLine) -> Key:
    return Key(line.county_id, line.specialty_id, line.channel)


def row_of(line: PlanLine, sold: Sold, course: Course) -> Row:
    amounts = Amounts(line.base, line.target, *sold, course)
    return Row(line.county, line.specialty, Channel(line.channel), amounts)


def rows_without_line(sums: Mapping[Key, Sold], course: Course) -> list[Row]:
    counties = Region.objects.in_bulk({key.county for key in sums})
    specialties = Category.objects.in_bulk({key.specialty for key in sums})
    return [
        Row(
            counties[key.county],
            specialties[key.specialty],
            Channel(key.channel),
            Amounts(None, None, *sold, course),
        )
        for key, sold in sums.items()
    ]


def sum_of(months: Mapping[date, Sold]) -> Sold:
    values = months.values()
    return Sold(
        sum((one.sold for one in values), NOTHING), sum((one.refunded for one in values), NOTHING)
    )


def total_of(rows: Iterable[Row], course: Course) -> Amounts:
    amounts = [row.amounts for row in rows]
    is_planned = any(one.is_planned for one in amounts)
    return Amounts(
        sum((one.base for one in amounts), NOTHING) if is_planned else None,
        sum((one.target for one in amounts), NOTHING) if is_planned else None,
        sum((one.sold for one in amounts), NOTHING),
        sum((one.refunded for one in amounts), NOTHING),
        course,
    )


def points_of(
    plan: Plan, sold: Iterable[Mapping[date, Sold]], target: Decimal, until: datetime
) -> list[Point]:
    by_month: dict[date, Decimal] = defaultdict(Decimal)
    for months in sold:
        for month, one in months.items():
            by_month[month] += one.sold - one.refunded
    points, net = [], NOTHING
    for number in range(1, 13):
        month = date(plan.target_year, number, 1)
        net += by_month[month]
        is_known = start_of(month) < until
        course = course_of(plan.target_year, end_of(month))
        pace = Amounts(None, target, NOTHING, NOTHING, course).pace
        points.append(Point(month, net if is_known else None, pace))
    return points


def place_of(row: Row) -> tuple:
    return row.county.pk, row.specialty.path, CHANNELS[row.channel]
