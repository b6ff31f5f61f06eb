"""Good rows are written, once, whatever happens meanwhile."""

from datetime import date, datetime
from functools import partial

import pytest

from catalog.households import tasks
from catalog.households.models import Household, RegisterImport, RegisterStep
from catalog.households.services import importing
from catalog.households.services.sending import NotWaiting, give_up_import, order_writing
from catalog.origins.models import Region
from tests.catalog.households.importing.sending import told
from tests.catalog.households.sheets import row_of
from tests.factories.goods import HALE
from tests.factories.households import QINGSHUIHE, make_household, valid_id_number
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db


EXCELS_DAY = datetime.fromisoformat("2025-05-06")


def test_good_rows_are_written_and_the_file_is_gone(wuchuan, send, write):
    town = Region.objects.get(pk=HALE)
    job = send(
        row_of(1, township=town.name, status="Risk removed"),
        row_of(2, township=town.name_en, category="Lifted, may fall back"),
        row_of(3, phone=13800000003.0, begins_on=EXCELS_DAY),
        [None] * 8,
        row_of(4, phone=None, address=None, begins_on="2025年5月6日"),
    )
    assert told(job) == ("checked", 4, 4, [], False)
    assert Household.objects.count() == 0
    assert told(write(job)) == ("done", 4, 4, [], True)
    by_number = {row.id_number.open(): row for row in Household.objects.all()}
    one, two, three, four = (by_number[valid_id_number(seed)] for seed in (1, 2, 3, 4))
    assert (one.township_id, two.township_id, three.township_id) == (HALE, HALE, None)
    assert one.standings.get().status == "settled"
    assert two.standings.get().category.code == "unstable"
    assert three.phone.open() == "13800000003"
    assert four.phone is None
    assert {row.standings.get().begins_on for row in (three, four)} == {date(2025, 5, 6)}
    assert RegisterStep.objects.filter(kind="registered", household__county=wuchuan).count() == 4


def test_what_was_registered_meanwhile_is_named_and_the_rest_is_written(send, write):
    job = send(row_of(1), row_of(2), row_of(3))
    make_household(seed=2)
    job = write(job)
    assert (job.state, job.good, [row for row, _words in job.errors]) == ("done", 2, [3])
    assert Household.objects.count() == 3


def test_who_registers_at_the_same_moment_wins_and_the_others_are_written(send, write, monkeypatch):
    """Between looking and writing: the whole chunk fails and is written one by one."""
    job = send(row_of(1), row_of(2), row_of(3))
    whole = importing.write_good

    def late(good, *rest):
        make_household(seed=2)
        return whole(good, *rest)

    monkeypatch.setattr(importing, "write_good", late)
    job = write(job)
    assert (job.state, job.good, [row for row, _words in job.errors]) == ("done", 2, [3])
    assert sorted(row.id_number.open() for row in Household.objects.all()) == sorted(
        map(valid_id_number, (1, 2, 3))
    )
    assert RegisterStep.objects.count() == 3


def test_a_task_that_comes_twice_writes_nothing_twice(send, write, monkeypatch):
    monkeypatch.setattr("catalog.households.rows.CHUNK", 2)
    job = send(*map(row_of, range(5)))
    write(job)
    tasks.write_sheet_rows(job.pk, "en")
    tasks.look_through_sheet(job.pk, "en")
    job.refresh_from_db()
    assert (job.state, job.good, Household.objects.count()) == ("done", 5, 5)


def test_a_worker_that_stopped_goes_on_behind_the_last_chunk(send, wuchuan, monkeypatch):
    monkeypatch.setattr("catalog.households.rows.CHUNK", 2)
    job = send(*map(row_of, range(5)))
    order_writing(county=wuchuan, job_id=job.pk)
    whole = importing.write_chunk

    def stops(*, end, **rest):
        if end > 4:
            raise KeyboardInterrupt
        whole(end=end, **rest)

    monkeypatch.setattr(importing, "write_chunk", stops)
    with pytest.raises(KeyboardInterrupt):
        importing.write_rows(job_id=job.pk, now=NOW)
    job.refresh_from_db()
    assert (job.state, job.rows_seen, Household.objects.count()) == ("writing", 4, 4)
    monkeypatch.setattr(importing, "write_chunk", whole)
    importing.write_rows(job_id=job.pk, now=NOW)
    job.refresh_from_db()
    assert (job.state, job.good, job.errors) == ("done", 5, [])
    assert Household.objects.count() == 5


def test_only_what_was_looked_through_is_written_and_only_by_its_county(send, wuchuan):
    job = send(row_of(1))
    other = Region.objects.get(pk=QINGSHUIHE)
    for county, state in ((other, "checked"), (wuchuan, "writing"), (wuchuan, "done")):
        RegisterImport.objects.update(state=state)
        given_up = partial(give_up_import, by=None, now=NOW)
        for refused in (order_writing, given_up):
            with pytest.raises(NotWaiting) as refusal:
                refused(county=county, job_id=job.pk)
            assert "no longer waiting" in refusal.value.words
    assert (RegisterImport.objects.get().state, Household.objects.count()) == ("done", 0)
