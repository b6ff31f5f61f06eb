"""Charts of published figures, measured for the SVG that a template draws from them.

All measures are shares of the drawing in per cent, written as text: an SVG without a view box
takes them at any size, its letters are not stretched, and no language writes them with a comma.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from catalog.assistance.published import Row, Rows
from marketplace.money import NOTHING
from marketplace.reports.published import Specialty, YearSales
from marketplace.shop.impact.words import (
    Unit,
    households_words,
    in_unit,
    money_words,
    short_month,
    unit_for,
)

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(4), Decimal(5), Decimal(8), Decimal(10))
INTERVALS = 3
BAR = Decimal("0.52")  # of the room of a month
TEN, HUNDRED = 10, Decimal(100)


class Part(NamedTuple):
    """A specialty's share of a month, where it stands and how high it is."""

    colour: str
    y: str
    height: str


class Column(NamedTuple):
    """A month; `top` is where its highest part ends, `total` the words above the best month."""

    label: str
    x: str
    middle: str
    parts: list[Part]
    top: str
    total: str


class Tick(NamedTuple):
    y: str
    label: str


@dataclass(frozen=True)
class SalesChart:
    """Months side by side, the four specialties stacked; their neighbours are in the table only."""

    sales: YearSales

    @property
    def drawn(self) -> list[Specialty]:
        return [each for each in self.sales.specialties if not each.is_neighbour]

    @cached_property
    def heights(self) -> list[Decimal]:
        return [self.height_of(month) for month in self.sales.months]

    @property
    def unit(self) -> Unit:
        return unit_for(max(self.heights))

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """Colour, name and sum of the year."""
        sums = [(each, self.sales.of_specialty(each)) for each in self.drawn]
        return [(each.colour, each.name_text, self.words(kept)) for each, kept in sums]

    @property
    def total(self) -> str:
        return money_words(sum(self.heights, NOTHING))

    @property
    def others(self) -> list[tuple[str, str]]:
        """Name and sum of what is sold but not drawn."""
        left = [each for each in self.sales.specialties if each.is_neighbour]
        return [(each.name_text, money_words(self.sales.of_specialty(each))) for each in left]

    @cached_property
    def step(self) -> Decimal:
        """Yuan from one line to the next: a round number of which three hold the highest month."""
        least = max(max(self.heights) / INTERVALS, Decimal(1))
        power = Decimal(10) ** least.adjusted()
        return next(step * power for step in STEPS if step * power >= least)

    @property
    def ticks(self) -> list[Tick]:
        return [
            Tick(self.from_top(self.step * number), tick_words(self.step * number, self.unit))
            for number in range(INTERVALS + 1)
        ]

    @property
    def width(self) -> str:
        return per_cent(BAR * HUNDRED / len(self.sales.months))

    @property
    def columns(self) -> list[Column]:
        return [self.column(place, month) for place, month in enumerate(self.sales.months)]

    @property
    def best(self) -> tuple[str, str]:
        """The month in which most was sold, and how much; read out for the drawing."""
        place = self.heights.index(max(self.heights))
        return short_month(self.sales.months[place]), money_words(self.heights[place])

    def column(self, place: int, month: int) -> Column:
        room = HUNDRED / len(self.sales.months)
        height = self.heights[place]
        is_highest = height > 0 and place == self.heights.index(max(self.heights))
        return Column(
            short_month(month),
            per_cent(room * place + room * (1 - BAR) / 2),
            per_cent(room * place + room / 2),
            self.parts(month),
            self.from_top(height),
            self.words(height) if is_highest else "",
        )

    def parts(self, month: int) -> list[Part]:
        """From the ground up, in the order of the legend."""
        below, parts = NOTHING, []
        for each in self.drawn:
            kept = self.sales.of(month, each)
            below += kept
            if kept > 0:
                height = per_cent(kept * HUNDRED / self.most)
                parts.append(Part(each.colour, self.from_top(below), height))
        return parts

    @property
    def most(self) -> Decimal:
        return self.step * INTERVALS

    def words(self, amount: Decimal) -> str:
        """Whole units where the lines are tens of them apart."""
        is_wide = self.step >= TEN * self.unit.size
        return f"{amount / self.unit.size:,.0f}" if is_wide else in_unit(amount, self.unit)

    def height_of(self, month: int) -> Decimal:
        return sum((self.sales.of(month, each) for each in self.drawn), NOTHING)

    def from_top(self, amount: Decimal) -> str:
        return per_cent(HUNDRED - amount * HUNDRED / self.most)


class Bar(NamedTuple):
    """A row of a table that is drawn as well; the long ones are darker. `payments` stand in tables
    of the staff alone."""

    name: str
    length: str
    is_long: bool
    households: str
    amount: str
    payments: str = ""


def bars_of(rows: Rows) -> list[Bar]:
    most = max((row.figure.households for row in rows.shown), default=0)
    return [bar_of(row, most) for row in rows.shown]


def bar_of(row: Row, most: int) -> Bar:
    households = row.figure.households
    return Bar(
        row.name,
        length_of(households, most),
        households * 2 >= most,
        households_words(households),
        money_words(row.figure.amount),
    )


def length_of(households: int, most: int) -> str:
    return per_cent(Decimal(households) * HUNDRED / most if most else NOTHING)


def tick_words(amount: Decimal, unit: Unit) -> str:
    """Without the noughts that say nothing."""
    return f"{(amount / unit.size).normalize():,f}"


def per_cent(share: Decimal) -> str:
    return f"{share:.3f}%"


def table_of(sales: YearSales) -> Sequence[tuple[str, list[Decimal], Decimal]]:
    """The chart in numbers: each month, each specialty with the neighbours, and the sum."""
    return [
        (
            short_month(month),
            [sales.of(month, each) for each in sales.specialties],
            sales.of_month(month),
        )
        for month in sales.months
    ]
