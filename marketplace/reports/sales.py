"""What was sold, month by month, as a batch's cutoff knew it.

The same batch gives the same cells at any later time, for all that is asked is never rewritten:
when a payment came, what a line cost, where and as which specialty it was sold, and when the
ledger was told of a refund or that it came back. A refund's own row would not do: it forgets
that it had arrived once it has failed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncMonth

from catalog.assistance.models import Batch
from marketplace.ledger.models import Posting
from marketplace.money import FEN, NOTHING
from marketplace.months import end_of, start_of
from marketplace.order.models import Line
from marketplace.payment.models import Payment, RefundPart
from marketplace.reports.models import SalesCell

AT_A_TIME = 1000


class Group(NamedTuple):
    """What the lines of a cell have in common; keys, and the first day of the month."""

    cooperative: int
    county: str
    specialty: int
    channel: str
    month: date


@transaction.atomic
def freeze_sales(*, batch: Batch) -> int:
    """Write the batch's cells, all of them anew, and say how many there are.

    They are of every month of the batch's year up to its own and of the year before. The database
    adds up: memory holds a row for each cell, whatever the number of lines. Two at once wait for
    each other.
    """
    Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    sold = sums_of(sold_in(batch), to="")
    refunded = sums_of(refunded_of(batch), to="line__")
    SalesCell.objects.of_batch(batch).delete()
    cells = [
        SalesCell(
            batch=batch,
            cooperative_id=group.cooperative,
            county_id=group.county,
            specialty_id=group.specialty,
            channel=group.channel,
            month=group.month,
            sold=amount,
            refunded=refunded.get(group, NOTHING),
        )
        for group, amount in sorted(sold.items())
        if amount
    ]
    SalesCell.objects.bulk_create(cells, batch_size=AT_A_TIME)
    return len(cells)


def months_of(batch: Batch) -> tuple[datetime, datetime]:
    """From when, and until when, payments are counted."""
    first = date(batch.month.year - 1, 1, 1)
    return start_of(first), min(end_of(batch.month), batch.cutoff)


def sold_in(batch: Batch) -> QuerySet[Line]:
    """Lines whose money came, in time. What came too late bought nothing."""
    begin, end = months_of(batch)
    return Line.objects.filter(
        order__payment__state=Payment.State.SUCCEEDED,
        order__payment__settled_at__gte=begin,
        order__payment__settled_at__lt=end,
    ).annotate(amount=F("line_price_incl_tax"))


def refunded_of(batch: Batch) -> QuerySet[RefundPart]:
    """What had gone back of these lines before the cutoff, and had not come back by then."""
    begin, end = months_of(batch)
    return RefundPart.objects.filter(
        told("refund:", batch.cutoff),
        ~told("refund_failed:", batch.cutoff),
        line__isnull=False,
        refund__payment__state=Payment.State.SUCCEEDED,
        refund__payment__settled_at__gte=begin,
        refund__payment__settled_at__lt=end,
    )


def told(event: str, cutoff: datetime) -> Exists:
    """Whether the ledger was told that of the part's refund before the cutoff; see
    marketplace.payment.posting for the events' names."""
    name = Concat(Value(event), Cast(OuterRef("refund_id"), CharField()))
    return Exists(Posting.objects.filter(event=name, at__lt=cutoff))


def sums_of(rows: QuerySet, *, to: str) -> dict[Group, Decimal]:
    """Yuan by group; `to` leads from a row to its line.

    What was sold before orders kept the specialty counts as that of its good today.
    """
    pack = f"{to}product__"
    specialty = Coalesce(f"{to}specialty", f"{pack}parent__specialty", f"{pack}specialty")
    paid_at = f"{to}order__payment__settled_at"
    maker = f"{to}consignment__partner__cooperative"
    groups = (
        rows.annotate(sold_as=specialty, paid_in=TruncMonth(paid_at))
        .order_by()
        .exclude(sold_as=None)
        .values_list(maker, f"{maker}__county", "sold_as", f"{to}channel", "paid_in")
        .annotate(Sum("amount"))
    )
    return dict(read_group(row) for row in groups.iterator(AT_A_TIME))


def read_group(row: Sequence) -> tuple[Group, Decimal]:
    *keys, month, amount = row
    return Group(*keys, month.date()), amount.quantize(FEN)
