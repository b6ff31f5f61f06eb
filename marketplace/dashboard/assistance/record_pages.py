"""What the page of one record says, at each desk that may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from django.shortcuts import get_object_or_404

from catalog.assistance.models import Record, RecordHousehold, RecordStep
from catalog.assistance.querysets import RecordQuerySet
from catalog.assistance.services.sold import find_excess, limits_of, paid_in
from marketplace.dashboard.assistance.sold import sold_under

State = Record.State


@dataclass(frozen=True)
class RecordPage:
    record: Record

    @cached_property
    def members(self) -> Sequence[RecordHousehold]:
        """A counter-record is about the households of its record."""
        if not self.record.is_counter:
            return self.record.members.all()
        return Record.objects.for_page().get(pk=self.record.counters_id).members.all()

    @property
    def counter(self) -> Record | None:
        return getattr(self.record, "counter", None)

    @property
    def other(self) -> Record | None:
        """The record that it counters, or that counters it."""
        return self.record.counters or self.counter

    @property
    def told(self) -> RecordStep | None:
        """Why it came back."""
        if self.record.state != State.RETURNED:
            return None
        return self.record.steps.all()[len(self.record.steps.all()) - 1]

    @property
    def may_go_again(self) -> bool:
        return self.record.state == State.RETURNED and not self.record.is_counter

    @property
    def may_counter(self) -> bool:
        """One that is confirmed and not countered, or whose counter-record has come back."""
        if self.record.state != State.CONFIRMED or self.record.is_counter:
            return False
        return self.counter is None or self.counter.state == State.RETURNED

    @property
    def may_be_decided(self) -> bool:
        return self.record.state == State.SUBMITTED


@dataclass(frozen=True)
class Compared:
    """What the county compares a payment with: its own days. It may be more in wider ones."""

    sold: Decimal
    paid: Decimal
    amount: Decimal
    is_more: bool


def find_record(seen: RecordQuerySet, number: str) -> RecordPage:
    """One of those that the desk sees; Http404 for any other."""
    return RecordPage(get_object_or_404(seen.for_page(), number=number))


def compare(record: Record) -> Compared | None:
    """With what was sold and what is confirmed already; nothing for a counter-record."""
    if record.is_counter:
        return None
    others = Record.objects.alive().filter(state=State.CONFIRMED).exclude(pk=record.pk)
    days = (record.begins_on, record.ends_on)
    within = others.of_cooperative(record.cooperative).within(*days)
    sold = cache(sold_under(record.agreement))
    limit, rows = next(limits_of(record.agreement, sold(*days), within))
    excess = find_excess(record.agreement, days, record.amount, sold, others)
    return Compared(limit, paid_in(rows), record.amount, is_more=excess is not None)
