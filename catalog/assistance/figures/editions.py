"""Batches as they are stored, for the proof."""

from catalog.assistance.figures.shapes import Figure, Place
from catalog.assistance.figures.unknowns import Edition
from catalog.assistance.models import Batch, Cell
from catalog.producers.models import Cooperative

HUNDRED = 100


def read_edition(batch: Batch) -> Edition:
    cells = Cell.objects.filter(batch=batch).order_by("pk").iterator()
    figures, hidden = {}, set()
    for cell in cells:
        place = Place(cell.table, cell.row, cell.span, cell.begins_on)
        figures[place] = Figure(cell.households, int(cell.amount * HUNDRED))
        if cell.is_hidden:
            hidden.add(place)
    return Edition(figures, frozenset(hidden))


def read_earlier(batch: Batch) -> list[Edition]:
    """All that were published and tell of a month of which this one tells, in their order."""
    year = batch.month.year
    published = Batch.objects.published().filter(month__year__range=(year - 1, year + 1))
    others = published.exclude(pk=batch.pk).order_by("published_at", "pk")
    return [read_edition(other) for other in others]


def read_counties() -> dict[str, str]:
    """By cooperative, as rows of their tables."""
    return {str(key): county for key, county in Cooperative.objects.values_list("pk", "county_id")}
