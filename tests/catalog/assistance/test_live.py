"""Figures as of now are what a recount by hand gives, after any sequence of events."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.assistance.figures.live import count_live, read_waiting, years_with_records
from catalog.assistance.figures.shapes import Table
from catalog.assistance.models import Record
from catalog.origins.models import Region
from marketplace.months import start_of
from tests.factories import CooperativeFactory
from tests.factories.figures import agreement, counter, households, record
from tests.factories.goods import HONGHE, QINGSHUIHE, WUCHUAN

pytestmark = pytest.mark.django_db
NOW = start_of(date(2026, 11, 5))
BEFORE = NOW - timedelta(hours=1)
ROWS = {
    Table.MODE: lambda one: one.agreement.mode.code,
    Table.COUNTY: lambda one: one.agreement.county_id,
    Table.COOPERATIVE: lambda one: str(one.cooperative_id),
}


def valid(year: int, county: str | None) -> list[Record]:
    """One record after the other, in plain Python."""
    countered = {
        one.counters_id
        for one in Record.objects.exclude(counters=None)
        if one.state == "confirmed" and one.confirmed_at < NOW
    }
    return [
        one
        for one in Record.objects.select_related("agreement__mode")
        if one.state == "confirmed"
        and one.confirmed_at < NOW
        and not one.counters_id
        and one.pk not in countered
        and one.paid_on.year == year
        and county in (None, one.agreement.county_id)
    ]


def summed(records: list[Record]) -> tuple[int, int, Decimal]:
    people = {key for one in records for key in one.members.values_list("household", flat=True)}
    return len(records), len(people), sum((one.amount for one in records), Decimal(0))


def recount(year: int, county: str | None) -> dict:
    found = valid(year, county)
    months = {one.paid_on.month for one in found}
    tables = {
        table: {key: summed([one for one in found if row(one) == key]) for key in map(row, found)}
        for table, row in ROWS.items()
    }
    by_month = {m: summed([one for one in found if one.paid_on.month == m]) for m in months}
    return {"total": summed(found), "months": by_month, **tables}


def counted(year: int, county: str | None) -> dict:
    live = count_live(year, NOW, Region.objects.get(pk=county) if county else None)

    def told(figure) -> tuple[int, int, Decimal]:
        return figure.payments, figure.households, figure.amount

    months = {m: told(live.of_month(date(year, m, 1))) for m in range(1, 13)}
    return {
        "total": told(live.total),
        "months": {m: figure for m, figure in months.items() if figure[0]},
        **{table: {at.row: told(one) for at, one in live.rows(table)} for table in ROWS},
    }


events = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.frozensets(st.integers(0, 7), min_size=1),
        st.integers(1, 10**7),
        st.dates(date(2025, 12, 20), date(2026, 11, 4)),
        st.sampled_from(["submitted", "returned", "confirmed"]),
        st.sampled_from([None, "submitted", "confirmed"]),
    ),
    max_size=10,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=events)
def test_they_are_those_of_a_recount_after_confirmations_and_counter_records(events):
    """The last words of an event are the states of the record and of its counter-record."""
    with transaction.atomic():
        run(events)
        for year in (2025, 2026):
            for county in (None, WUCHUAN, QINGSHUIHE):
                assert counted(year, county) == recount(year, county)
        assert_waiting(None)
        transaction.set_rollback(True)


def run(events):
    makers = [CooperativeFactory(), CooperativeFactory()]
    makers.append(CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE))
    paid = [agreement(makers[n], mode) for n, mode in enumerate(("purchase", "wages", "wages"))]
    people = {code: households(8, code) for code in (WUCHUAN, QINGSHUIHE)}
    for which, who, fen, day, state, countered in events:
        county = people[paid[which].county_id]
        made = record(paid[which], [county[n] for n in who], Decimal(fen) / 100, day, BEFORE)
        if state != "confirmed":
            put_back(made, state)
        elif countered:
            against = counter(made, BEFORE)
            if countered != "confirmed":
                put_back(against, countered)


def put_back(made: Record, state: str) -> None:
    Record.objects.filter(pk=made.counters_id).update(is_countered=False)
    Record.objects.filter(pk=made.pk).update(state=state, confirmed_at=None)


def assert_waiting(county):
    waits = list(Record.objects.filter(state="submitted"))
    payments = [one.amount for one in waits if not one.counters_id]
    counters = [-one.amount for one in waits if one.counters_id]
    found = (len(payments), sum(payments), len(counters), sum(counters))
    assert tuple(read_waiting(county)) == found


def test_a_confirmation_is_in_them_at_once_and_a_counter_record_takes_it_out():
    made = record(agreement(), households(3), "30.00", date(2026, 10, 3), NOW)
    assert count_live(2026, NOW).total == (0, 0, 0)
    later = NOW + timedelta(seconds=1)
    assert count_live(2026, later).total == (1, 3, 3000)
    counter(made, later)
    assert count_live(2026, later).total == (1, 3, 3000)
    assert count_live(2026, later + timedelta(seconds=1)).total == (0, 0, 0)


def test_years_are_those_with_records_of_the_county():
    away = CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE)
    record(agreement(), households(5), "10.00", date(2024, 12, 31))
    record(agreement(away), households(5, QINGSHUIHE), "10.00", date(2026, 1, 1))
    assert years_with_records() == {2024, 2026}
    assert years_with_records(Region.objects.get(pk=WUCHUAN)) == {2024}


@pytest.mark.parametrize("count", [1, 20])
def test_they_cost_the_same_for_any_number_of_records(count, django_assert_num_queries):
    paid = agreement()
    for _ in range(count):
        record(paid, households(2), "10.00", date(2026, 10, 3))
    with django_assert_num_queries(15):
        assert count_live(2026, NOW).total.payments == count
