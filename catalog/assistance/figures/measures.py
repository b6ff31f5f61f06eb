"""The two things that a figure says, how close is too close, and how wholes are made of parts."""

from collections.abc import Iterable, Iterator
from math import ceil, floor

from catalog.assistance.figures.shapes import SMALLEST_SHOWN, Figure
from catalog.assistance.figures.unknowns import Row

Terms = list[tuple[int, int]]
TOLERANCE = 1e-6


class Measure:
    """`least` is the smallest that a hidden figure can be: where there is nothing, there is no
    figure. `unit` is in how many exact ones the programs count."""

    least: float
    unit: int

    def of(self, figure: Figure) -> float:
        return self.exact(figure) / self.unit


class Households(Measure):
    """Never worked out more closely than to five whole numbers."""

    least, unit = 1, 1

    def exact(self, figure: Figure) -> int:
        return figure.households

    def width(self, _truth: float) -> float:
        return SMALLEST_SHOWN - 1

    def values(self, truth: float, low: float, high: float) -> int:
        return floor(truth + high + TOLERANCE) - ceil(truth + low - TOLERANCE) + 1

    def is_wide(self, truth: float, low: float, high: float) -> bool:
        return self.values(truth, low, high) >= SMALLEST_SHOWN

    def equations(self, rows: Iterable[Row]) -> Iterator[Terms]:
        return (sum_of(row) for row in rows if row.is_disjoint or len(row.parts) == 1)

    def inequalities(self, rows: Iterable[Row]) -> Iterator[Terms]:
        """Each part is within the whole, and the whole is no more than all parts."""
        for row in rows:
            if not row.is_disjoint and len(row.parts) > 1:
                yield sum_of(row)
                yield from ([(part, 1), (row.whole, -1)] for part in row.parts)


class Money(Measure):
    """In yuan; never worked out more closely than to a tenth of it, and to five fen."""

    least, unit = 0.01, 100

    def exact(self, figure: Figure) -> int:
        return figure.fen

    def width(self, truth: float) -> float:
        return max(truth / 10, 0.05)

    def is_wide(self, truth: float, low: float, high: float) -> bool:
        return high - low >= self.width(truth) - TOLERANCE

    def equations(self, rows: Iterable[Row]) -> Iterator[Terms]:
        return map(sum_of, rows)

    def inequalities(self, _rows: Iterable[Row]) -> Iterator[Terms]:
        return iter(())


def sum_of(row: Row) -> Terms:
    """The whole less its parts."""
    return [(row.whole, 1), *((part, -1) for part in row.parts)]
