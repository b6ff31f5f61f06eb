"""Batches that are begun, published and dropped at the same moment: one of them is."""

from datetime import date
from functools import partial

import pytest

from catalog.assistance.models import Batch
from catalog.assistance.services import batches
from marketplace.months import start_of
from tests.factories.figures import agreement, batch, households, operator, record
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
NOW = start_of(date(2026, 11, 5))


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@pytest.mark.parametrize("turn", ROUNDS)
@pytest.mark.parametrize("months", [[OCTOBER] * 4, [OCTOBER, NOVEMBER] * 2])
def test_of_several_beginnings_one_is_a_batch(turn, months):
    by = operator()
    results = at_once([partial(batches.begin_batch, month=m, by=by, now=NOW) for m in months])
    assert kinds(results) == ["Batch", *["BatchUnderWay"] * 3]
    assert Batch.objects.get().is_under_way


@pytest.mark.parametrize("turn", ROUNDS)
def test_publishing_against_dropping_is_one_of_the_two(turn):
    made, by = batch(OCTOBER, NOW, state="ready"), operator()
    publish = partial(batches.publish_batch, batch_id=made.pk, by=by, now=NOW)
    drop = partial(batches.drop_batch, batch_id=made.pk)
    assert kinds(at_once([publish, drop])) == ["Batch", "BatchRefused"]
    made.refresh_from_db()
    assert (made.state, made.is_under_way) in (("published", None), ("dropped", None))


@pytest.mark.parametrize("turn", ROUNDS)
def test_counting_twice_is_one_batch_and_dropping_meanwhile_ends_it(turn):
    record(agreement(), households(6), "60.00", date(2026, 10, 2))
    made = batch(OCTOBER, NOW)
    count = partial(batches.count_batch, batch_id=made.pk)
    results = at_once([count, count, partial(batches.drop_batch, batch_id=made.pk)])
    assert set(kinds(results)) <= {"Batch", "NoneType", "BatchRefused"}
    made.refresh_from_db()
    assert made.state == "dropped"
    assert made.cells.count() in (0, 12)
