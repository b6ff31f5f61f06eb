"""What is published of cooperatives: the one door through which a receipt reads figures."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from catalog.assistance.models import Batch, Cell


class Figure(NamedTuple):
    """Households and yuan of a year so far; both None where they are too few to be told."""

    households: int | None
    amount: Decimal | None


class Published(NamedTuple):
    """Of cooperatives by their keys; one without any record stands for nobody and nothing.

    `as_of` is the last day whose confirmations are counted.
    """

    month: date
    as_of: date
    figures: Mapping[int, Figure]

    def of(self, cooperative_id: int) -> Figure:
        return self.figures.get(cooperative_id, Figure(0, Decimal(0)))


def read_published(cooperatives: Iterable[int]) -> Published | None:
    """By the batch that was published last, for the year of its month; two queries."""
    batch = Batch.objects.current()
    if batch is None:
        return None
    cells = Cell.objects.public().filter(
        batch=batch,
        table=Cell.Table.COOPERATIVE,
        span=Cell.Span.YEAR,
        begins_on=batch.month.replace(month=1),
        row__in=[str(key) for key in cooperatives],
    )
    figures = {int(cell.row): Figure(cell.shown_households, cell.shown_amount) for cell in cells}
    as_of = timezone.localdate(batch.cutoff - timedelta(microseconds=1))
    return Published(batch.month, as_of, figures)
