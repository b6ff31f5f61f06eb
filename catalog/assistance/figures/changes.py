"""What a batch changes in figures that are out already.

Whoever kept the batch before subtracts. Where a figure of 30 households became one of 32 over the
same months, the difference of the amounts is what two households were paid; where the number
stayed and the amount did not, perhaps one payment was put right.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.assistance.figures.shapes import BEGINNINGS, SMALLEST_SHOWN, Place
from catalog.assistance.models import Batch, Cell
from marketplace.months import next_month

SAME_PLACE = {name: OuterRef(name) for name in Place._fields}
FEW = SMALLEST_SHOWN - 1


def little_changes(batch: Batch) -> QuerySet[Cell]:
    """Of the batch, what is shown and was shown before over the same months, with 1 to 4 households
    more or fewer, or with as many and another amount. None for the first batch."""
    return only_little(batch.cells.all(), batch, Batch.objects.published_before(batch))


def only_little(cells: QuerySet[Cell], batch: Batch, before: Batch | None) -> QuerySet[Cell]:
    """`cells` are of the batch. A small number that came out of nothing, or that nothing is left
    of, is hidden itself and not among them."""
    if before is None:
        return cells.none()
    differs = ~Q(households=OuterRef("households")) | ~Q(amount=OuterRef("amount"))
    shown = Cell.objects.filter(differs, **SAME_PLACE, batch=before, is_hidden=False)
    shown = shown.filter(
        households__gte=OuterRef("households") - FEW, households__lte=OuterRef("households") + FEW
    )
    return cells.filter(Exists(shown), same_months(batch, before), is_hidden=False)


def same_months(batch: Batch, before: Batch) -> Q:
    """Spans of which both tell the same months. What has run on since tells of a new month besides,
    which the proof takes into account."""
    if batch.month == before.month:
        return Q()
    after = next_month(before.month)
    is_over = Q()
    for span, begin in BEGINNINGS.items():
        is_over |= Q(span=span, begins_on__lt=begin(after))
    return is_over
