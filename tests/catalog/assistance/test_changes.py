"""Figures that change by so few households that the difference tells of them."""

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.utils.translation import override

from catalog.assistance.figures.changes import little_changes
from catalog.assistance.models import Batch, Cell
from catalog.assistance.services.batch_refusals import LittleChangesUnseen
from catalog.assistance.services.batches import publish_batch
from marketplace.months import start_of
from tests.factories.figures import batch, operator

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (10, 11, 12))
NEW_YEAR = date(2027, 1, 1)
NOW = start_of(date(2026, 11, 5))
LATER = NOW + timedelta(days=30)
YEAR = ("all", "", "year", date(2026, 1, 1))
IN_OCTOBER = ("county", "150125", "month", OCTOBER)


def out(month=OCTOBER, at=NOW) -> Batch:
    return batch(month, at, state="published", is_under_way=None, published_at=at)


def ready(month=OCTOBER) -> Batch:
    return batch(month, LATER, state="ready")


def put(made: Batch, place: tuple, households: int, amount: str, *, hidden: bool = False) -> None:
    table, row, span, begins_on = place
    Cell.objects.create(
        batch=made,
        table=table,
        row=row,
        span=span,
        begins_on=begins_on,
        households=households,
        amount=Decimal(amount),
        is_hidden=hidden,
    )


@pytest.mark.parametrize(
    ("households", "amount", "count"),
    [
        (30, "300.00", 0),
        (30, "300.01", 1),
        (31, "310.00", 1),
        (34, "999.00", 1),
        (35, "999.00", 0),
        (29, "300.00", 1),
        (26, "30.00", 1),
        (25, "30.00", 0),
    ],
)
def test_one_to_four_households_or_another_amount_for_as_many_are_little(households, amount, count):
    put(out(), IN_OCTOBER, 30, "300.00")
    made = ready()
    put(made, IN_OCTOBER, households, amount)
    assert little_changes(made).count() == count


@pytest.mark.parametrize(("before", "after"), [(True, False), (False, True), (True, True)])
def test_what_is_hidden_in_either_batch_is_none_of_them(before, after):
    put(out(), IN_OCTOBER, 30, "300.00", hidden=before)
    made = ready()
    put(made, IN_OCTOBER, 31, "310.00", hidden=after)
    assert not little_changes(made)


def test_what_came_out_of_nothing_and_the_first_batch_are_none_of_them():
    made = ready()
    put(made, IN_OCTOBER, 6, "60.00")
    assert not little_changes(made)
    out()
    assert not little_changes(made)


def test_it_is_held_against_the_batch_published_last_alone():
    put(out(), IN_OCTOBER, 30, "300.00")
    put(out(at=NOW + timedelta(days=1)), IN_OCTOBER, 60, "600.00")
    put(batch(OCTOBER, NOW, state="dropped", is_under_way=None), IN_OCTOBER, 31, "310.00")
    made = ready()
    put(made, IN_OCTOBER, 31, "310.00")
    assert not little_changes(made)


@pytest.mark.parametrize(
    ("month", "place", "count"),
    [
        (OCTOBER, YEAR, 1),
        (NOVEMBER, YEAR, 0),
        (NOVEMBER, IN_OCTOBER, 1),
        (NOVEMBER, ("cooperative", "1", "quarter", OCTOBER), 0),
        (NOVEMBER, ("cooperative", "1", "quarter", date(2026, 7, 1)), 1),
        (NOVEMBER, ("mode", "wages", "year", date(2025, 1, 1)), 1),
    ],
)
def test_what_ran_on_tells_of_a_new_month_and_is_none_of_them(month, place, count):
    put(out(), place, 30, "300.00")
    made = ready(month)
    put(made, place, 32, "320.00")
    assert little_changes(made).count() == count


def test_a_year_that_was_over_has_not_run_on():
    put(out(DECEMBER), YEAR, 30, "300.00")
    made = ready(NEW_YEAR)
    put(made, YEAR, 30, "320.00")
    assert little_changes(made).count() == 1


def last_month_of(span: str, begins_on: date) -> int:
    """In months since the beginning of time."""
    months = {"month": 1, "quarter": 3, "year": 12}[span]
    return begins_on.year * 12 + begins_on.month + months - 1


def recount(made: Batch, before: Batch) -> set[int]:
    """In plain Python, one figure after the other."""
    olds = {(c.table, c.row, c.span, c.begins_on): c for c in before.cells.all()}
    found = set()
    for new in made.cells.all():
        old = olds.get((new.table, new.row, new.span, new.begins_on))
        if old is None or old.is_hidden or new.is_hidden:
            continue
        end = last_month_of(new.span, new.begins_on)
        knew, knows = (min(end, one.month.year * 12 + one.month.month) for one in (before, made))
        more = abs(new.households - old.households)
        if knew == knows and (1 <= more <= 4 or (more == 0 and new.amount != old.amount)):
            found.add(new.pk)
    return found


@pytest.mark.parametrize("months", [(OCTOBER, OCTOBER), (OCTOBER, NOVEMBER), (DECEMBER, NEW_YEAR)])
@pytest.mark.parametrize("seed", range(5))
def test_they_are_those_of_a_recount(months, seed):
    chance = random.Random(seed)
    before, made = out(months[0]), ready(months[1])
    spans = [("month", month) for month in (1, 9, 10, 11, 12)]
    spans += [("quarter", month) for month in (1, 4, 7, 10)]
    for (span, month), row, one in product(spans, "123", (before, made)):
        place = ("cooperative", row, span, date(2026, month, 1))
        amount, hidden = chance.choice(["9.00", "9.01"]), chance.random() < 0.3
        put(one, place, chance.randint(5, 12), amount, hidden=hidden)
    for one, year in product((before, made), (2025, 2026)):
        put(one, ("all", "", "year", date(year, 1, 1)), chance.randint(20, 26), "99.00")
    found = {cell.pk for cell in little_changes(made)}
    assert found == recount(made, before) != set()


def test_they_are_published_after_a_look_alone_and_the_refusal_changes_nothing():
    put(out(), IN_OCTOBER, 30, "300.00")
    made = ready()
    put(made, IN_OCTOBER, 31, "310.00")
    stored = list(Batch.objects.order_by("pk").values())
    with pytest.raises(LittleChangesUnseen) as refused:
        publish_batch(batch_id=made.pk, by=operator(), now=LATER)
    assert refused.value.count == 1
    with override("en"):
        assert "Look at the 1 figure that" in refused.value.words
    assert list(Batch.objects.order_by("pk").values()) == stored
    publish_batch(batch_id=made.pk, by=operator(), now=LATER, little_is_seen=True)
    assert Batch.objects.current() == made
