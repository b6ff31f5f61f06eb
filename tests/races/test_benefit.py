"""Benefit records in the same moment: one word of the county, one counter-record, one slip."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from catalog.assistance.models import Agreement, Record
from catalog.assistance.refusals import AssistanceRefused
from catalog.assistance.services import (
    add_households,
    confirm_record,
    counter_record,
    end_agreement,
    return_record,
)
from catalog.households.models import Household
from tests.factories.assistance import (
    AT,
    PLENTY,
    agreement_of,
    bookkeeper,
    clerk_of_county,
    confirmed,
    counter_of,
    erased,
    record_of,
    sells,
)
from tests.factories.households import make_household
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def confirming(record):
    by = clerk_of_county()
    return partial(confirm_record, record_id=record.pk, sold=PLENTY, by=by, now=AT)


def countering(record):
    by = bookkeeper()
    return partial(counter_record, record_id=record.pk, reason="错", by=by, now=AT)


@pytest.mark.parametrize("turn", ROUNDS)
def test_confirming_against_countering_takes_nothing_back_that_is_not_confirmed(turn):
    record = record_of()
    word, back = at_once([confirming(record), countering(record)])
    record.refresh_from_db()
    assert (type(word).__name__, record.state) == ("Record", "confirmed")
    if isinstance(back, Record):
        assert (back.state, record.is_countered) == ("submitted", False)
    else:
        assert type(back).__name__ == "NotConfirmed"
        assert Record.objects.count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_counter_record_confirmed_by_all_at_once_takes_its_record_back_once(turn):
    record = confirmed(record_of())
    back = counter_of(record)
    results = at_once([confirming(back) for _ in range(4)])
    assert kinds(results) == ["AlreadyDecided", "AlreadyDecided", "AlreadyDecided", "Record"]
    record.refresh_from_db()
    assert (record.is_countered, back.steps.filter(kind="confirmed").count()) == (True, 1)
    assert not Record.objects.counted_at(AT + timedelta(days=1)).exists()


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_record_countered_by_all_at_once_has_one_counter_record(turn):
    record = confirmed(record_of())
    results = at_once([countering(record) for _ in range(4)])
    assert kinds(results) == ["AlreadyCountered"] * 3 + ["Record"]
    assert Record.objects.filter(counters=record).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_confirming_against_returning_is_one_of_the_two(turn):
    record = record_of()
    by = clerk_of_county("second")
    sending = partial(return_record, record_id=record.pk, reason="不清", by=by, now=AT)
    results = at_once([confirming(record), sending])
    assert kinds(results) == ["AlreadyDecided", "Record"]
    record.refresh_from_db()
    assert list(record.steps.order_by("pk").values_list("kind", flat=True))[1:] == [record.state]


def handing_in(agreement, **changes):
    return partial(record_of, agreement, by=bookkeeper(), **changes)


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_payment_handed_in_by_all_at_once_is_there_once(turn):
    agreement = agreement_of()
    results = at_once([handing_in(agreement, slip="A1") for _ in range(4)])
    assert kinds(results) == ["Record"] + ["ValidationError"] * 3
    assert Record.objects.get().members.count() == 3


@pytest.mark.parametrize("turn", ROUNDS)
def test_payments_of_two_agreements_at_once_do_not_exceed_what_was_sold(turn):
    one = agreement_of()
    two = agreement_of(one.cooperative)
    calls = [handing_in(each, sold=sells("2000.00")) for each in (one, two)]
    assert kinds(at_once(calls)) == ["Record", "ValidationError"]


@pytest.mark.parametrize("turn", ROUNDS)
def test_numbers_of_many_cooperatives_at_once_are_counted_on_without_a_gap(turn):
    agreements = [agreement_of(households=1) for _ in range(5)]
    assert kinds(at_once([handing_in(one) for one in agreements])) == ["Record"] * 5
    numbers = sorted(Record.objects.values_list("number", flat=True))
    assert numbers == [f"SY2026-{number:06}" for number in range(1, 6)]


@pytest.mark.parametrize("turn", ROUNDS)
def test_erasing_a_household_while_its_record_is_confirmed_loses_neither(turn):
    home = make_household()
    record = record_of(agreement_of(households=[home]))
    results = at_once([confirming(record), partial(erased, home)])
    assert kinds(results) == ["Household", "Record"]
    assert Household.objects.get().erased_at == AT
    counted = Record.objects.counted_at(AT + timedelta(days=1)).get()
    assert counted.members.get().household.code == home.code


@pytest.mark.parametrize("turn", ROUNDS)
def test_erasing_a_household_while_it_is_recorded_is_seen_or_comes_after(turn):
    home = make_household()
    agreement = agreement_of(households=[home])
    record, gone = at_once([handing_in(agreement), partial(erased, home)])
    assert type(gone).__name__ == "Household"
    assert isinstance(record, Record | ValidationError)
    assert Record.objects.count() == isinstance(record, Record)


@pytest.mark.parametrize("turn", ROUNDS)
def test_households_added_by_all_at_once_have_a_number_each(turn):
    agreement = agreement_of(households=1)
    homes = [make_household() for _ in range(6)]
    day = AT.date()
    calls = [
        partial(add_households, agreement_id=agreement.pk, codes=[one.code], day=day)
        for one in homes
    ]
    assert at_once(calls) == [1] * 6
    positions = agreement.members.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, 8))


@pytest.mark.parametrize("turn", ROUNDS)
def test_an_agreement_never_ends_before_what_is_recorded_in_the_same_moment(turn):
    agreement = agreement_of()
    early = agreement.begins_on + timedelta(days=30)
    ending = partial(end_agreement, agreement_id=agreement.pk, ends_on=early)
    results = at_once([handing_in(agreement), ending])
    assert "ValidationError" in kinds(results)
    assert sum(isinstance(one, ValidationError | AssistanceRefused) for one in results) == 1
    ends_on = Agreement.objects.get().ends_on
    assert all(one.ends_on <= ends_on for one in Record.objects.all())
