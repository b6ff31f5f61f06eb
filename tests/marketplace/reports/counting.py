"""What the sales of a moment are, added up in Python from the rows as they stand then."""

from collections import Counter
from datetime import date
from decimal import Decimal

from django.utils import timezone

from catalog.assistance.models import Batch
from marketplace.order.models import Line
from marketplace.payment.models import Payment, RefundPart
from marketplace.reports.models import SalesCell

Sums = dict[tuple, tuple[Decimal, Decimal]]


def recount() -> Sums:
    """Sold and refunded by cooperative, specialty, channel and month, as known right now."""
    sold, refunded = Counter(), Counter()
    for line in Line.objects.filter(order__payment__state=Payment.State.SUCCEEDED):
        sold[key_of(line)] += line.line_price_incl_tax
    for part in RefundPart.objects.filter(refund__state="succeeded").exclude(line=None):
        refunded[key_of(part.line)] += part.amount
    return {key: (amount, refunded[key]) for key, amount in sold.items() if amount}


def told_of(batch: Batch, counted: Sums) -> Sums:
    """What the batch tells of it: the months of its year and of the year before."""
    first = date(batch.month.year - 1, 1, 1)
    return {key: sums for key, sums in counted.items() if first <= key[-1] <= batch.month}


def key_of(line: Line) -> tuple[int, int, str, date]:
    day = timezone.localtime(line.order.payment.settled_at).date()
    maker = line.consignment.partner.cooperative_id
    return maker, line.product.parent.specialty_id, line.channel, day.replace(day=1)


def frozen(batch: Batch) -> Sums:
    cells = SalesCell.objects.of_batch(batch)
    return {
        (cell.cooperative_id, cell.specialty_id, cell.channel, cell.month): (
            cell.sold,
            cell.refunded,
        )
        for cell in cells
    }
