"""Figures are what a recount by hand gives, at any time and after any sequence of events."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.assistance.figures.counting import count_figures
from catalog.assistance.figures.shapes import Place
from catalog.assistance.models import Record
from marketplace.months import start_of
from tests.factories import CooperativeFactory, specialty
from tests.factories.figures import agreement, counter, households, record
from tests.factories.goods import HONGHE, QINGSHUIHE

pytestmark = pytest.mark.django_db
JUNE, OCTOBER = date(2026, 6, 1), date(2026, 10, 1)
CUTOFF = start_of(date(2026, 11, 5))
SPANS = {
    "all": ("month", "quarter", "year"),
    "county": ("month", "year"),
    "mode": ("month", "year"),
    "specialty": ("month", "year"),
    "cooperative": ("quarter", "year"),
}


def beginning(day: date, span: str) -> date:
    month = {"month": day.month, "quarter": (day.month + 2) // 3 * 3 - 2, "year": 1}[span]
    return date(day.year, month, 1)


def recount(month: date, cutoff: datetime) -> dict:
    """In plain Python, one record after the other."""
    found = defaultdict(lambda: [set(), Decimal(0)])
    until = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    for one in Record.objects.select_related("agreement__mode"):
        if one.state != "confirmed" or one.counters_id or one.confirmed_at >= cutoff:
            continue
        if not date(month.year - 1, 1, 1) <= one.paid_on < until:
            continue
        against = Record.objects.filter(counters=one, confirmed_at__isnull=False).first()
        if against and against.confirmed_at < cutoff:
            continue
        rows = {
            "all": "",
            "county": one.agreement.county_id,
            "mode": one.agreement.mode.code,
            "specialty": str(one.agreement.specialty_id or "-"),
            "cooperative": str(one.cooperative_id),
        }
        for table, spans in SPANS.items():
            for span in spans:
                cell = found[table, rows[table], span, beginning(one.paid_on, span)]
                cell[0].update(one.members.values_list("household", flat=True))
                cell[1] += one.amount
    return {key: (len(people), amount) for key, (people, amount) in found.items()}


def counted(month: date = OCTOBER, cutoff: datetime = CUTOFF) -> dict:
    figures = count_figures(month, cutoff)
    return {tuple(at): (one.households, Decimal(one.fen) / 100) for at, one in figures.items()}


def test_nothing_confirmed_is_no_figure():
    record_of = record(agreement(), households(6), "10.00", date(2026, 10, 3))
    Record.objects.update(state="submitted", confirmed_at=None)
    assert counted() == {}
    assert record_of.state == "confirmed"


def test_households_are_counted_once_in_each_figure_and_money_not_once_for_each():
    people = households(7)
    oats = agreement(specialty=specialty())
    record(oats, people[:5], "100.10", date(2026, 10, 3))
    record(oats, people[3:], "0.05", date(2026, 8, 31))
    figures = count_figures(OCTOBER, CUTOFF)
    maker, oat = str(oats.cooperative_id), str(oats.specialty_id)
    year, october = date(2026, 1, 1), date(2026, 10, 1)
    assert figures[Place("all", "", "year", year)] == (7, 10015)
    assert figures[Place("all", "", "month", october)] == (5, 10010)
    assert figures[Place("all", "", "quarter", date(2026, 7, 1))] == (4, 5)
    assert figures[Place("county", "150125", "year", year)] == (7, 10015)
    assert figures[Place("mode", "purchase", "month", october)] == (5, 10010)
    assert figures[Place("specialty", oat, "month", date(2026, 8, 1))] == (4, 5)
    assert figures[Place("cooperative", maker, "quarter", october)] == (5, 10010)
    assert len(figures) == 5 + 3 + 3 + 3 + 3


def test_only_this_year_until_the_month_and_the_year_before_are_restated():
    paid = agreement()
    for day in ("2024-12-31", "2025-01-01", "2026-10-31", "2026-11-01"):
        record(paid, households(5), "10.00", date.fromisoformat(day))
    months = {at.begins_on for at in count_figures(OCTOBER, CUTOFF) if at.span == "month"}
    assert months == {date(2025, 1, 1), OCTOBER}


def test_what_is_confirmed_or_countered_at_the_cutoff_itself_is_not():
    paid = agreement()
    wrong = record(paid, households(6), "60.00", date(2026, 10, 1), CUTOFF - timedelta(hours=1))
    record(paid, households(5), "50.00", date(2026, 10, 1), CUTOFF)
    before = counted()
    assert before["all", "", "month", OCTOBER] == (6, 60)
    counter(wrong, CUTOFF)
    assert counted() == before
    assert counted(cutoff=CUTOFF + timedelta(seconds=1))["all", "", "month", OCTOBER] == (5, 50)


@pytest.mark.parametrize("count", [1, 20])
def test_counting_costs_the_same_for_any_number_of_records(count, django_assert_num_queries):
    paid = agreement()
    for _ in range(count):
        record(paid, households(2), "10.00", date(2026, 10, 3))
    with django_assert_num_queries(22):
        assert count_figures(OCTOBER, CUTOFF)


events = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.frozensets(st.integers(0, 11), min_size=1),
        st.integers(1, 10**7),
        st.dates(date(2024, 12, 20), date(2026, 11, 10)),
        st.integers(-400, 10),
        st.none() | st.integers(-300, 20),
    ),
    max_size=12,
)


@pytest.mark.parametrize("month", [JUNE, OCTOBER])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(events=events)
def test_figures_are_those_of_a_recount_and_stay_so_whatever_comes_later(month, events):
    """The last number of an event is when a counter-record was confirmed, from the cutoff."""
    with transaction.atomic():
        run(month, events)
        transaction.set_rollback(True)


def run(month, events):
    makers = [CooperativeFactory(), CooperativeFactory()]
    makers.append(CooperativeFactory(county_id=QINGSHUIHE, township_id=HONGHE))
    kinds = [("purchase", None), ("wages", specialty()), ("wages", None), ("rent", specialty())]
    paid = [agreement(makers[n % 3], mode, good) for n, (mode, good) in enumerate(kinds)]
    people = {code: households(12, code) for code in ("150125", QINGSHUIHE)}
    late = []
    for which, who, fen, day, confirmed, countered in events:
        county = people[paid[which].county_id]
        moment = CUTOFF + timedelta(days=confirmed)
        made = record(paid[which], [county[n] for n in who], Decimal(fen) / 100, day, moment)
        if countered is not None and countered < 0 and countered > confirmed:
            counter(made, CUTOFF + timedelta(days=countered))
        elif countered is not None:
            late.append(made)
    before = counted(month)
    assert before == recount(month, CUTOFF)
    for made in late:
        counter(made, max(made.confirmed_at, CUTOFF) + timedelta(days=1))
    record(paid[0], people["150125"], "12.00", date(2026, 5, 5), CUTOFF)
    assert counted(month) == before == recount(month, CUTOFF)
