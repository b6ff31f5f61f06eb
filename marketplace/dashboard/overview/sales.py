"""What a cooperative sold lately, summed by day and by good.

A sale is a line of a parcel that was paid and not given up, on the day of its order in Beijing.
Its money is what the buyer gave for the goods, less what went back or is about to; delivery is
not counted. Packs stay sold when money went back: nobody knows whether they came back too.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncDate

from catalog.producers.models import Cooperative
from marketplace.dashboard.overview.words import name_of
from marketplace.money import FEN, NOTHING
from marketplace.months import start_of
from marketplace.order.models import Line
from marketplace.order.states import State

DAYS = 30
SOLD = (State.PAID, State.PACKED, State.SHIPPED, State.DELIVERED, State.COMPLETED)
GOOD = "product__parent"


class Sold(NamedTuple):
    """Of one day, or of one good: yuan, packs, orders."""

    money: Decimal = NOTHING
    packs: int = 0
    orders: int = 0


class GoodSold(NamedTuple):
    """`name` in the reader's language; `tone` is the colour of its specialty."""

    name: str
    tone: str
    sold: Sold


@dataclass(frozen=True)
class Sales:
    """Every day of the period in order, and every good that was sold in it."""

    by_day: dict[date, Sold]
    by_good: list[GoodSold]

    @cached_property
    def total(self) -> Sold:
        days = self.by_day.values()
        return Sold(
            sum((day.money for day in days), NOTHING),
            sum(day.packs for day in days),
            sum(day.orders for day in days),
        )


def lines_sold(*, since: date) -> QuerySet[Line]:
    """Of every cooperative."""
    lines = Line.objects.filter(consignment__state__in=SOLD)
    return lines.filter(order__date_placed__gte=start_of(since)).order_by()


def read_sales(cooperative: Cooperative, today: date) -> Sales:
    """Of the last thirty days, today counted."""
    first = today - timedelta(days=DAYS - 1)
    lines = lines_sold(since=first).filter(consignment__partner__cooperative=cooperative)
    found = sum_by_day(lines)
    days = (first + timedelta(days=number) for number in range(DAYS))
    return Sales({day: found.get(day, Sold()) for day in days}, sum_by_good(lines))


def sum_by_day(lines: QuerySet[Line]) -> dict[date, Sold]:
    days = summed(lines.annotate(day=TruncDate("order__date_placed")).values_list("day"))
    return {day: sold_of(*sums) for day, *sums in days}


def sum_by_good(lines: QuerySet[Line]) -> list[GoodSold]:
    """By key of the good, for two may have one name."""
    names = (GOOD, f"{GOOD}__title", f"{GOOD}__title_en", f"{GOOD}__specialty__colour")
    goods = [
        GoodSold(name_of(title, title_en), tone or "near", sold_of(*sums))
        for _key, title, title_en, tone, *sums in summed(lines.values_list(*names))
    ]
    return sorted(goods, key=lambda good: good.name)


def summed(lines: QuerySet) -> QuerySet:
    """SQLite adds in floating point: amounts are whole fen again in `sold_of`."""
    money = Sum(F("line_price_incl_tax") - F("refunded"))
    return lines.annotate(money=money, packs=Sum("quantity"), orders=Count("order", distinct=True))


def sold_of(money: Decimal, packs: int, orders: int) -> Sold:
    return Sold(money.quantize(FEN), packs, orders)
