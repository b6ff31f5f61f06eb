"""What was paid to households held against what was sold: benefit here comes out of sales here.

Within any days no more can have been paid of goods than these days' sales of them, and not more of
all goods together than all that was sold. Looked at are the days of the payment itself, and its
days together with those of each record that they touch: a year's dividend is held against the
year, the months within it each against their own.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum

from catalog.assistance.models import Agreement
from catalog.assistance.querysets import RecordQuerySet
from catalog.assistance.refusals import Excess
from marketplace.money import FEN, NOTHING

Days = tuple[date, date]


class Sold(NamedTuple):
    """Yuan for the agreement's goods, and for all that the cooperative sold."""

    goods: Decimal
    everything: Decimal


SoldBetween = Callable[[date, date], Sold]


def find_excess(
    agreement: Agreement, days: Days, amount: Decimal, sold: SoldBetween, among: RecordQuerySet
) -> Excess | None:
    """Where more would be paid than was sold; the payment's own days first. None: nowhere."""
    records = among.of_cooperative(agreement.cooperative)
    for begins_on, ends_on in spans_of(records, days):
        limits = sold(begins_on, ends_on)
        within = records.within(begins_on, ends_on)
        for limit, rows in limits_of(agreement, limits, within):
            paid = paid_in(rows)
            if paid + amount > limit:
                return Excess((begins_on, ends_on), limit, paid)
    return None


def spans_of(records: RecordQuerySet, days: Days) -> list[Days]:
    begins_on, ends_on = days
    touched = records.overlapping(begins_on, ends_on).values_list("begins_on", "ends_on")
    wider = {(min(begins_on, first), max(ends_on, last)) for first, last in touched.distinct()}
    return [days, *sorted(wider - {days})]


def limits_of(
    agreement: Agreement, sold: Sold, records: RecordQuerySet
) -> Iterator[tuple[Decimal, RecordQuerySet]]:
    if agreement.specialty_id:
        yield sold.goods, records.filter(agreement__specialty=agreement.specialty_id)
    yield sold.everything, records


def paid_in(records: RecordQuerySet) -> Decimal:
    return (records.aggregate(sum=Sum("amount"))["sum"] or NOTHING).quantize(FEN)
