"""A batch on its way: begun, counted, proved, published or dropped."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from catalog.assistance.models import Batch, Cell
from catalog.assistance.services import batches
from catalog.assistance.services.batch_refusals import (
    BatchRefused,
    BatchUnderWay,
    LaterMonthPublished,
    MonthNotBegun,
    NotProved,
)
from marketplace.months import start_of
from tests.factories.figures import agreement, batch, counter, households, operator, record

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
NOW = start_of(date(2026, 11, 5))
LATER = NOW + timedelta(days=2)


def begin(month=OCTOBER, now=NOW) -> Batch:
    return batches.begin_batch(month=month, by=operator(), now=now)


def ready(month=OCTOBER, now=NOW) -> Batch:
    made = begin(month, now)
    batches.count_batch(batch_id=made.pk)
    return batches.mark_ready(batch_id=made.pk)


def published(month=OCTOBER, now=NOW, at=LATER) -> Batch:
    made = ready(month, now)
    by = operator("second")
    return batches.publish_batch(batch_id=made.pk, by=by, now=at, little_is_seen=True)


def world():
    """Five counties' worth of nothing but two producers, one of them small."""
    paid, small = agreement(), agreement(mode="wages")
    people = households(40)
    record(paid, people[:30], "3000.00", date(2026, 10, 3))
    record(agreement(mode="rent"), people[10:], "900.00", date(2026, 9, 3))
    return record(small, people[:3], "300.00", date(2026, 10, 4))


def cells(of: Batch) -> list[tuple]:
    columns = ("table", "row", "span", "begins_on", "households", "amount", "is_hidden")
    return sorted(Cell.objects.filter(batch=of).values_list(*columns))


def test_a_batch_takes_the_moment_of_its_beginning_and_keeps_it():
    made = begin(date(2026, 10, 20))
    assert (made.number, made.month, made.cutoff) == ("2026-10-1", OCTOBER, NOW)
    assert (made.state, made.is_under_way, made.begun_by) == ("making", True, operator())
    batches.count_batch(batch_id=made.pk)
    batches.mark_ready(batch_id=made.pk)
    out = batches.publish_batch(batch_id=made.pk, by=operator("second"), now=LATER)
    assert (out.state, out.cutoff, out.published_at) == ("published", NOW, LATER)
    assert (out.is_under_way, out.published_by) == (None, operator("second"))
    assert Batch.objects.current() == made


def test_every_batch_of_a_month_has_a_number_of_its_own():
    numbers = [batches.drop_batch(batch_id=begin().pk).number, published().number, begin().number]
    assert numbers == ["2026-10-1", "2026-10-2", "2026-10-3"]


@pytest.mark.parametrize(
    ("month", "refusal"), [(NOVEMBER, BatchUnderWay), (date(2026, 12, 1), MonthNotBegun)]
)
def test_no_batch_is_begun_beside_another_or_of_a_month_to_come(month, refusal):
    begin()
    with pytest.raises(refusal) as refused:
        begin(month)
    assert refused.value.words
    assert Batch.objects.count() == 1


def test_no_batch_is_begun_of_a_month_before_the_one_that_is_shown():
    published(NOVEMBER)
    with pytest.raises(LaterMonthPublished):
        begin(OCTOBER)
    assert begin(NOVEMBER).number == "2026-11-2"


def test_counting_says_how_far_it_is_and_again_gives_the_same_cells():
    world()
    made = begin()
    batches.count_batch(batch_id=made.pk)
    first = cells(made)
    batches.count_batch(batch_id=made.pk)
    made.refresh_from_db()
    assert (made.done, made.total) == (13, 14)  # of a single year
    assert cells(made) == first
    assert {row[4] < 5 for row in first if not row[-1]} == {False}


def test_the_proof_stands_with_the_batch():
    world()
    made = ready()
    found = {"figures": len(cells(made)), "small": 4, "failed": 0}
    assert made.proof | found == made.proof
    assert made.proof["with_them"] == sum(row[-1] for row in cells(made)) - 4 > 0
    assert made.proof["narrowest"] >= 5
    assert made.proof["programs"] > 0
    assert (made.done, made.state) == (made.total, "ready")


def test_an_old_batch_counted_again_gives_the_cells_that_it_had():
    wrong = world()
    old = published()
    before = cells(old)
    counter(wrong, LATER)
    record(agreement(), households(9), "90.00", date(2026, 10, 9), LATER)
    new = published(now=LATER + timedelta(hours=1), at=LATER + timedelta(hours=2))
    assert cells(new) != before == cells(old)
    Batch.objects.filter(pk=new.pk).delete()
    Batch.objects.filter(pk=old.pk).update(state="making", is_under_way=True, published_at=None)
    batches.count_batch(batch_id=old.pk)
    assert cells(old) == before


def test_a_correction_shows_in_the_next_batch_alone():
    wrong = world()
    old = published()
    counter(wrong, LATER)
    new = published(now=LATER + timedelta(hours=1))
    of_all = {"table": "all", "span": "year", "begins_on": date(2026, 1, 1)}
    assert old.cells.get(**of_all).amount - new.cells.get(**of_all).amount == 300
    assert new.cells.get(**of_all).households == 40
    assert not new.cells.filter(table="mode", row="wages").exists()


@pytest.mark.parametrize("state", ["making", "published", "dropped", "failed"])
def test_only_what_is_ready_is_published(state):
    is_out = state == "published"
    made = batch(
        OCTOBER,
        NOW,
        state=state,
        is_under_way=True if state == "making" else None,
        published_at=NOW if is_out else None,
    )
    with pytest.raises(BatchRefused) as refused:
        batches.publish_batch(batch_id=made.pk, by=operator(), now=LATER)
    assert refused.value.words
    made.refresh_from_db()
    assert (made.state, made.published_at) == (state, NOW if is_out else None)


def test_what_is_out_is_not_dropped_and_what_was_dropped_is_not_counted():
    out = published()
    with pytest.raises(BatchRefused):
        batches.drop_batch(batch_id=out.pk)
    out.refresh_from_db()
    assert out.state == "published"
    gone = batches.drop_batch(batch_id=begin().pk)
    with pytest.raises(BatchRefused):
        batches.count_batch(batch_id=gone.pk)
    assert (gone.state, gone.cells.count()) == ("dropped", 0)


def test_what_can_be_worked_out_is_not_made_ready():
    world()
    made = begin()
    batches.count_batch(batch_id=made.pk)
    made.cells.filter(households__gte=5).update(is_hidden=False)
    with pytest.raises(NotProved) as refused:
        batches.mark_ready(batch_id=made.pk)
    assert refused.value.words
    made.refresh_from_db()
    assert (made.state, made.proof) == ("making", {})


def test_the_database_keeps_one_under_way():
    begin()
    with pytest.raises(IntegrityError), transaction.atomic():
        batch(OCTOBER, NOW)
