"""Whatever is handed in, decided and countered: figures are what was confirmed less what was
countered, at the end and at every moment before."""

from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

import pytest
from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from catalog.assistance.models import Record
from catalog.assistance.refusals import AssistanceRefused
from catalog.assistance.services import confirm_record, counter_record, return_record
from tests.factories.assistance import (
    AT,
    PLENTY,
    agreement_of,
    bookkeeper,
    clerk_of_county,
    record_of,
)
from tests.marketplace.machines import assert_reaches, quiet

pytestmark = pytest.mark.django_db
__all__ = ["quiet"]
MINUTE = timedelta(minutes=1)
any_record = st.integers(0, 10_000)


class Records(RuleBasedStateMachine):
    """A small model beside the rows: by record, its amount and where it stands; by
    counter-record, which one it takes back."""

    reached: ClassVar[set[str]] = set()

    def __init__(self):
        super().__init__()
        self.agreement = agreement_of(households=1)
        self.clock, self.amounts, self.state, self.back = AT, {}, {}, {}
        self.then: list[tuple] = []

    def tick(self) -> dict:
        self.clock += MINUTE
        return {"by": clerk_of_county(), "now": self.clock}

    def one(self, pick: int, likely: str) -> int:
        """Two times of three one in the state in which it can be done, if there is any."""
        keys = sorted(self.state)
        fitting = [key for key in keys if self.state[key] == likely]
        among = fitting if fitting and pick % 3 else keys
        return among[pick // 3 % len(among)]

    def stands(self, key: int, state: str) -> None:
        self.state[key] = state
        self.reached.add(f"{'counter' if key in self.back else 'record'} {state}")

    @rule(fen=st.integers(1, 10_000))
    def hand_in(self, fen):
        day = date(2026, 1, 1) + timedelta(days=len(self.amounts))
        days = {"begins_on": day, "ends_on": day, "paid_on": day}
        record = record_of(self.agreement, amount=Decimal(fen) / 100, now=self.clock, **days)
        self.amounts[record.pk] = record.amount
        self.stands(record.pk, "submitted")

    @precondition(lambda self: self.state)
    @rule(pick=any_record)
    def confirm(self, pick):
        key = self.one(pick, "submitted")
        try:
            confirm_record(record_id=key, sold=PLENTY, **self.tick())
        except AssistanceRefused:
            assert self.state[key] != "submitted"
        else:
            assert self.state[key] == "submitted"
            self.stands(key, "confirmed")

    @precondition(lambda self: self.state)
    @rule(pick=any_record)
    def send_back(self, pick):
        key = self.one(pick, "submitted")
        try:
            return_record(record_id=key, reason="不清", **self.tick())
        except AssistanceRefused:
            assert self.state[key] != "submitted"
        else:
            assert self.state[key] == "submitted"
            self.stands(key, "returned")

    @precondition(lambda self: self.amounts)
    @rule(pick=any_record)
    def counter(self, pick):
        key = self.one(pick, "confirmed")
        known = next((back for back, of in self.back.items() if of == key), None)
        free = known is None or self.state[known] == "returned"
        may = key in self.amounts and self.state[key] == "confirmed" and free
        try:
            back = counter_record(
                record_id=key, reason="错", by=bookkeeper(), now=self.tick()["now"]
            )
        except AssistanceRefused:
            assert not may
        else:
            assert may
            self.back[back.pk] = key
            self.stands(back.pk, "submitted")

    def expected(self) -> Decimal:
        gone = {of for back, of in self.back.items() if self.state[back] == "confirmed"}
        confirmed = [key for key in self.amounts if self.state[key] == "confirmed"]
        return sum((self.amounts[key] for key in confirmed if key not in gone), Decimal(0))

    @invariant()
    def figures_are_what_was_confirmed_less_what_was_countered(self):
        self.tick()
        self.then.append((self.clock, self.expected()))
        for moment, sum_then in self.then[-4:]:
            own = Record.objects.filter(agreement=self.agreement)
            counted = own.counted_at(moment).aggregate(sum=Sum("amount"))["sum"] or 0
            assert Decimal(counted).quantize(Decimal("0.01")) == sum_then
        self.tick()

    @invariant()
    def what_is_countered_is_marked(self):
        marked = set(self.agreement.records.filter(is_countered=True).values_list("pk", flat=True))
        done = {of for back, of in self.back.items() if self.state[back] == "confirmed"}
        assert marked == done


USUAL = {
    f"{kind} {state}"
    for kind in ("record", "counter")
    for state in ("submitted", "returned", "confirmed")
}


def test_no_order_of_steps_counts_what_was_not_confirmed_or_was_taken_back():
    assert_reaches(USUAL, Records, max_examples=12, stateful_step_count=25, derandomize=True)


@pytest.mark.soak
def test_no_long_order_of_steps_counts_what_was_not_confirmed_or_was_taken_back():
    """Other steps every time; a failure names its own."""
    assert_reaches(USUAL, Records, max_examples=60, stateful_step_count=50, print_blob=True)
