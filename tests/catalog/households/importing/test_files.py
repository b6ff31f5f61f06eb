"""Files that are no sheet of ours, and how long any of them lies here."""

from datetime import timedelta

import pytest

from catalog.households import tasks
from catalog.households.models import Household, RegisterImport
from catalog.households.services.sending import give_up_import, start_import
from marketplace.sheets import SheetRefused
from tests.catalog.households.importing.sending import told
from tests.catalog.households.sheets import row_of, sheet_of, upload
from tests.factories.files import BOMB, archive
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b,c", "This is no Excel file"),
        (archive({"a.txt": b"x"}), "This is no Excel file"),
        (BOMB, "far too large when it is opened"),
        (b"\0" * 6 * 1024**2, "at most 5 MB"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_kept(wuchuan, content, words):
    with pytest.raises(SheetRefused) as refusal:
        start_import(county=wuchuan, file=upload(content), by=None, now=NOW)
    assert words in refusal.value.words
    assert RegisterImport.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive({"xl/workbook.xml": b"<x/>"}), "This is no Excel file"),
        (sheet_of(row_of(1), head=["x"] * 8), "The first row is not that of our sheet."),
        (sheet_of(row_of(1), head=[]), "The first row is not that of our sheet."),
    ],
)
def test_a_file_that_is_not_our_sheet_is_refused_when_it_is_looked_through(send, content, words):
    job = send(content=content)
    assert (job.state, job.good, job.sealed) == ("refused", 0, None)
    assert [row for row, _words in job.errors] == [0]
    assert words in job.errors[0][1]


def test_a_sheet_without_households_is_refused_in_words(send):
    job = send()
    assert told(job) == ("refused", 0, 0, [[0, "There is no household in the sheet."]], True)


def test_more_than_10000_rows_are_refused(send, register):
    before = register()
    job = send(*([["x"] * 8] * 10_001))
    assert told(job) == (
        "refused",
        0,
        0,
        [[0, "The sheet has too many rows: at most 10000."]],
        True,
    )
    assert register() == before


def test_10000_rows_of_formulas_are_refused_row_by_row(send):
    job = send(*([["=A1"] * 8] * 10_000))
    assert (job.state, job.rows_total, job.good, job.sealed) == ("refused", 10_000, 0, None)
    assert len(job.errors) == 10_000
    assert {words for _row, words in job.errors} == {"A formula: please write the text itself."}


def test_what_is_given_up_leaves_no_file_but_who_tried_what(send, wuchuan):
    """Whoever probes numbers by sheets that are never written is seen."""
    job = send(row_of(1), row_of(2, id_number="150125197001011235"))
    found = job.errors
    assert found
    official = somebody("confirmer")
    give_up_import(county=wuchuan, job_id=job.pk, by=official, now=NOW)
    tasks.look_through_sheet(job.pk, "en")
    tasks.write_sheet_rows(job.pk, "en")
    kept = RegisterImport.objects.get()
    assert (kept.state, kept.sealed, kept.errors) == ("refused", None, found)
    assert (kept.by, kept.given_up_by, kept.ended_at) == (job.by, official, NOW)
    assert Household.objects.count() == 0


@pytest.mark.parametrize("state", ["checking", "checked", "writing"])
def test_a_file_that_is_a_day_old_is_dropped(send, state):
    send(row_of(1))
    begun = NOW - timedelta(days=1, seconds=1)
    RegisterImport.objects.update(state=state, begun_at=begun)
    tasks.follow_sheets()
    job = RegisterImport.objects.get()
    assert (job.state, job.sealed, job.ended_at) == ("refused", None, NOW)
    assert "a day old and is dropped" in job.errors[0][1]


def test_a_younger_file_stays_and_a_lost_one_is_looked_through_again(
    send, django_capture_on_commit_callbacks
):
    job = send(row_of(1))
    RegisterImport.objects.update(state="checking", begun_at=NOW - timedelta(minutes=29))
    tasks.follow_sheets()
    assert RegisterImport.objects.get().state == "checking"
    RegisterImport.objects.update(begun_at=NOW - timedelta(minutes=31))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.follow_sheets()
    job.refresh_from_db()
    assert (job.state, job.good) == ("checked", 1)


def test_the_file_lies_sealed_and_a_task_is_handed_its_key_alone(wuchuan, monkeypatch):
    handed = []
    monkeypatch.setattr(tasks.transaction, "on_commit", lambda call, robust: call())
    monkeypatch.setattr(tasks.look_through_sheet, "delay", lambda *args: handed.append(args))
    by = somebody("clerk")
    content = sheet_of(row_of(1, name="标记姓名"))
    job = start_import(county=wuchuan, file=upload(content), by=by, now=NOW)
    assert handed == [(job.pk, "en")]
    assert content[:20] not in bytes(RegisterImport.objects.get().sealed)
    assert bytes(RegisterImport.objects.get().sealed).startswith(b"gAAAA")
