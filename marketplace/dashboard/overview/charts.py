"""Bars of a chart, measured for the SVG that a template draws from them.

A drawing has no letters: it is stretched to whatever room there is, and words stand around it.
Numbers are whole, so that no language writes them with a comma.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, NamedTuple

STEP, BAR, HIGH, WIDE = 10, 7, 200, 200


class Item(NamedTuple):
    """What a bar stands for, how much it is, and how that is said; `cells` are of its row in
    the table. `tone` names a colour of the brand."""

    label: str
    amount: Decimal | int
    words: str
    cells: tuple[str, ...] = ()
    tone: str = ""


class Bar(NamedTuple):
    """`x` and `y` of the upper left corner; `length` is its height when it stands."""

    item: Item
    x: int
    y: int
    length: int


@dataclass(frozen=True)
class Chart:
    """`heads` are of the table that says the same; `summary` is read out for the drawing."""

    title: str
    summary: str
    heads: tuple[str, ...]
    items: Sequence[Item]
    bars: Sequence[Bar]

    BAR: ClassVar[int] = BAR
    HIGH: ClassVar[int] = HIGH
    WIDE: ClassVar[int] = WIDE

    @property
    def width(self) -> int:
        return STEP * len(self.bars)

    @property
    def first(self) -> Item:
        return self.items[0]

    @property
    def last(self) -> Item:
        return self.items[-1]


def columns(items: Sequence[Item]) -> list[Bar]:
    """Standing side by side, the highest as high as the drawing."""
    return [
        Bar(item, STEP * place, HIGH - length, length)
        for place, (item, length) in enumerate(scaled(items, HIGH))
    ]


def strips(items: Sequence[Item]) -> list[Bar]:
    """Lying in drawings of their own, the longest as wide as its drawing."""
    return [Bar(item, 0, 0, length) for item, length in scaled(items, WIDE)]


def scaled(items: Sequence[Item], longest: int) -> Iterable[tuple[Item, int]]:
    """Whatever is more than nothing can be seen."""
    most = max((item.amount for item in items), default=0)
    for item in items:
        length = round(longest * item.amount / most) if item.amount > 0 else 0
        yield item, max(length, 2) if item.amount > 0 else 0
