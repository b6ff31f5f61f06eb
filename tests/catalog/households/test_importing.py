"""Households by sheet: looked through first, only good rows written, once, and no file is left."""

from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.utils import translation
from openpyxl import load_workbook

from catalog.households import tasks
from catalog.households.models import Category, Household, RegisterImport, RegisterStep
from catalog.households.services import importing
from catalog.households.services.sending import (
    NotWaiting,
    give_up_import,
    order_writing,
    start_import,
)
from catalog.households.sheets import write_template
from catalog.origins.models import Region
from marketplace.sheets import SheetRefused
from tests.catalog.households.sheets import HEAD, row_of, sheet_of, upload
from tests.factories.goods import HALE
from tests.factories.households import QINGSHUIHE, make_household, valid_id_number
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.conftest import somebody
from tests.marketplace.dashboard.test_sheets import peak_of

pytestmark = pytest.mark.django_db
EXCELS_DAY = datetime.fromisoformat("2025-05-06")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def send(wuchuan, django_capture_on_commit_callbacks):
    """Sent in and looked through."""

    def sending(*rows, content=b"", head=HEAD) -> RegisterImport:
        content = content or sheet_of(*rows, head=head)
        with django_capture_on_commit_callbacks(execute=True):
            job = start_import(county=wuchuan, file=upload(content), by=None, now=NOW)
        job.refresh_from_db()
        return job

    return sending


@pytest.fixture
def write(wuchuan, django_capture_on_commit_callbacks):
    def writing(job) -> RegisterImport:
        with django_capture_on_commit_callbacks(execute=True):
            order_writing(county=wuchuan, job_id=job.pk)
        job.refresh_from_db()
        return job

    return writing


def told(job) -> tuple:
    return (job.state, job.rows_total, job.good, job.errors, job.sealed is None)


def test_the_sheet_that_is_taken_out_has_text_cells_lists_and_no_household(wuchuan):
    book = load_workbook(BytesIO(write_template(wuchuan)))
    sheet, notes = book.worksheets
    assert [[cell.value for cell in row] for row in sheet.rows] == [HEAD]
    assert {sheet.column_dimensions[letter].number_format for letter in "ABCDEFGH"} == {"@"}
    assert len(sheet.data_validations.dataValidation) == 3
    kinds = [cell.value for cell in notes["B"][1:6]]
    assert kinds == [
        "Household lifted out of poverty",
        "Lifted, may fall back",
        "Borderline, may become poor",
        "In sudden severe difficulty",
        "Other rural household of low income",
    ]
    assert Region.objects.get(pk=HALE).name_text in [cell.value for cell in notes["A"]]


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


BROKEN = [
    ({"name": ""}, "The householder's name is missing."),
    ({"name": "张富1"}, "A name has letters only, no digits."),
    ({"id_number": ""}, "The ID number is missing."),
    ({"id_number": "15012519700101123"}, "An ID number has 17 digits and, at the end,"),
    ({"id_number": "150125197001011235"}, "The ID number is mistyped"),
    ({"id_number": 150125197001011234}, "Excel has taken the ID number for a number"),
    ({"id_number": 1.50125197001011e17}, "Excel has taken the ID number for a number"),
    ({"phone": "1380000"}, "Enter an 11-digit mobile number."),
    ({"township": "标记乡"}, "The township is none of the county's."),
    ({"township": "宏河镇"}, "The township is none of the county's."),
    ({"address": "东" * 201}, "An address has at most 200 signs."),
    ({"category": "标记户"}, "The category is none of the list."),
    ({"category": ""}, "The category is none of the list."),
    ({"status": "标记"}, "The status is none of the list."),
    ({"begins_on": "标记"}, "From which day: write it as 2026-03-01."),
    ({"begins_on": ""}, "From which day: write it as 2026-03-01."),
    ({"begins_on": date(2026, 11, 24)}, "The day lies between 2014 and today."),
    ({"begins_on": date(2013, 1, 1)}, "The day lies between 2014 and today."),
    ({"name": "=1+1"}, "A formula: please write the text itself."),
    ({"id_number": True}, "Excel has taken the ID number for a number"),
]


def test_of_500_rows_the_20_broken_are_named_and_the_other_480_can_be_written(send, write):
    rows = [row_of(seed, **BROKEN[seed // 25][0] if seed % 25 == 0 else {}) for seed in range(500)]
    job = send(*rows)
    assert (job.state, job.rows_total, job.good) == ("checked", 500, 480)
    assert [row for row, _words in job.errors] == [2 + 25 * place for place in range(20)]
    for (_changes, words), (_row, said) in zip(BROKEN, job.errors, strict=True):
        assert words in said
        assert "标记" not in said
    assert Household.objects.count() == 0
    job = write(job)
    assert (job.state, job.rows_total, job.good, len(job.errors)) == ("done", 500, 480, 20)
    assert Household.objects.count() == 480
    assert job.sealed is None


def test_a_closed_category_is_not_offered_by_the_sheet_nor_read_from_it(wuchuan, send):
    Category.objects.filter(code="sudden").update(is_open=False)
    notes = load_workbook(BytesIO(write_template(wuchuan))).worksheets[1]
    assert "In sudden severe difficulty" not in [cell.value for cell in notes["B"]]
    names = ("突发严重困难户", "In sudden severe difficulty", "脱贫户")
    job = send(*(row_of(seed, category=name) for seed, name in enumerate(names)))
    words = "The category is none of the list."
    assert (job.errors, job.good) == ([[2, words], [3, words]], 1)


def test_a_category_that_is_closed_between_looking_and_writing_is_named(send, write):
    job = send(row_of(1, category="突发严重困难户"), row_of(2))
    Category.objects.filter(code="sudden").update(is_open=False)
    job = write(job)
    assert (job.state, job.good) == ("done", 1)
    assert job.errors == [[2, "The category is none of the list."]]
    assert Household.objects.get().id_number.open() == valid_id_number(2)


def test_all_that_is_wrong_in_a_row_is_said_at_once(send):
    job = send(row_of(1, name="", id_number="1", category="x", status="x", begins_on=""))
    assert job.state == "refused"
    assert len(job.errors[0][1].split(". ")) >= 5


def test_numbers_that_are_there_already_are_refused_by_row(send, register):
    ours = make_household(seed=1)
    theirs = make_household(QINGSHUIHE, seed=2)
    before = register()
    job = send(row_of(1), row_of(2), row_of(3), row_of(3, name="李云"))
    assert [row for row, _words in job.errors] == [2, 3, 5]
    first, second, third = (words for _row, words in job.errors)
    assert first == f"This ID number is registered already, as {ours.code}."
    assert "in another county" in second
    assert theirs.code not in second
    assert third == "The same ID number stands in row 4 already."
    assert job.good == 1
    assert register() == before


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


def archive(parts) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return buffer.getvalue()


BOMB = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"\0" * 40 * 1024**2})


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


def test_a_sheet_of_5000_rows_stays_small_in_memory(send, write):
    content = sheet_of(*map(row_of, range(5000)))
    grown = peak_of(lambda: write(send(content=content)))
    assert Household.objects.count() == 5000
    assert grown < 100 * 1024**2
