"""Files of a plan: made in the background, row by row, and never run by a spreadsheet."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from catalog.origins.models import Region
from marketplace.accounts.models import User
from marketplace.reports import exporting
from marketplace.reports.export_tasks import fail_lost_exports
from marketplace.reports.exporting import make_export
from marketplace.reports.exports import start_export
from marketplace.reports.models import Export, SalesCell
from tests.factories import CooperativeFactory
from tests.factories.goods import HONGHE, QINGSHUIHE, WUCHUAN
from tests.factories.reports import CUTOFF, batch_of, cell_of, line_of, plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(chinese):
    translation.activate("en")


def maker(name: str, **about):
    return CooperativeFactory(name=name, name_en="", **about)


@pytest.fixture
def plan():
    return plan_of()


@pytest.fixture
def batch():
    return batch_of(cutoff=CUTOFF)


@pytest.fixture
def export(plan, batch, django_capture_on_commit_callbacks):
    """Asked for and made; `county` is a code."""
    asker = User.objects.create_user("asker@example.com")

    def export(kind="csv", county=None) -> Export:
        with django_capture_on_commit_callbacks(execute=True):
            made = start_export(
                plan=plan,
                batch=batch,
                kind=Export.Kind(kind),
                county=Region.objects.get(pk=county) if county else None,
                by=asker,
                now=CUTOFF,
            )
            assert (made.state, bool(made.file)) == ("making", False)
        made.refresh_from_db()
        return made

    return export


def content_of(export: Export) -> bytes:
    with export.file.open("rb") as file:
        return file.read()


def table_of(export: Export) -> list[list[str]]:
    return list(csv.reader(StringIO(content_of(export).decode("utf-8-sig"), newline="")))


def sheets_of(export: Export) -> dict[str, list[list]]:
    book = load_workbook(BytesIO(content_of(export)))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book.worksheets
    }


def test_an_excel_file_has_the_plan_the_sales_and_how_they_were_counted(plan, batch, export):
    line_of(plan, "1000", "500")
    ours = maker("云麦垛")
    cell_of(batch, "100", "10", cooperative=ours)
    cell_of(batch, "7", cooperative=ours, channel="fair")
    made = export("xlsx")
    assert (made.state, made.done, made.total) == ("ready", 2, 2)
    assert made.ended_at is not None
    plan_sheet, sales, facts = sheets_of(made).values()
    pace, week = Decimal("915.07"), 190.25
    assert plan_sheet[1][:8] == ["Wuchuan County", "Oat", "Online", 500, 1000, 100, 10, 90]
    assert plan_sheet[1][8:] == [9, float(pace), float(90 - pace), pytest.approx(week, abs=20)]
    assert plan_sheet[2][0] == "Sum"
    assert plan_sheet[3][:8] == ["Wuchuan County", "Oat", "Fair (not planned)", None, None, 7, 0, 7]
    assert sales[1:] == [
        ["2026-11", "Wuchuan County", "云麦垛", "Oat", "Fair", 7, 0, 7],
        ["2026-11", "Wuchuan County", "云麦垛", "Oat", "Online", 100, 10, 90],
    ]
    assert [batch.number, "2026-12-03 09:00", "2026-12-01 00:00"] == [row[1] for row in facts[3:6]]


def test_a_csv_file_has_one_table_under_the_other(plan, batch, export):
    line_of(plan)
    cell_of(batch, "100")
    rows = table_of(export())
    gaps = [place for place, row in enumerate(rows) if row == []]
    assert gaps == [7, 11]
    assert rows[3][1] == batch.number
    assert rows[9][:8] == [
        "Wuchuan County",
        "Oat",
        "Online",
        "500.00",
        "1000.00",
        "100.00",
        "0.00",
        "100.00",
    ]
    assert rows[13][5:] == ["100.00", "0.00", "100.00"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_names_are_never_run_by_a_spreadsheet(plan, batch, export, sign):
    name = f'{sign}HYPERLINK("http://x")'
    cell_of(batch, "100", cooperative=maker(name))
    assert table_of(export())[-1][2] == f"'{name}"


def test_a_formula_is_text_in_excel(plan, batch, export):
    name = '=HYPERLINK("http://x")'
    cell_of(batch, "100", cooperative=maker(name))
    made = export("xlsx")
    cell = load_workbook(BytesIO(content_of(made))).worksheets[1]["C2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_a_countys_file_has_nothing_of_another(plan, batch, export):
    line_of(plan)
    line_of(plan, county=QINGSHUIHE)
    theirs = maker("青盐坡", county_id=QINGSHUIHE, township_id=HONGHE)
    cell_of(batch, "100", cooperative=maker("云麦垛"))
    cell_of(batch, "100", cooperative=theirs)
    for kind in ("csv", "xlsx"):
        made = export(kind, county=WUCHUAN)
        text = content_of(made).decode() if kind == "csv" else str(sheets_of(made))
        assert "云麦垛" in text
        assert "青盐坡" not in text
        assert "Qingshuihe" not in text
        assert (made.done, made.total) == (1, 1)


def test_other_years_and_other_batches_are_left_out(plan, batch, export):
    cell_of(batch, "100")
    cell_of(batch, "100", month=date(2025, 12, 1))
    cell_of(batch_of(cutoff=CUTOFF), "100")
    assert export().total == 1


def test_it_is_made_in_the_language_of_whoever_asks(plan, batch, export):
    line_of(plan)
    for language, words in (("en", ["Wuchuan County", "Oat"]), ("zh-hans", ["武川县", "燕麦"])):
        translation.activate(language)
        assert table_of(export())[9][:2] == words


def test_how_far_it_is_is_told_meanwhile(plan, batch, export, monkeypatch):
    monkeypatch.setattr(exporting, "STRIDE", 2)
    told = []
    real = Export.objects.filter

    def watch(**about):
        told.extend(real(**about).values_list("done", flat=True))
        return real(**about)

    for _ in range(5):
        cell_of(batch, "100")
    monkeypatch.setattr(exporting.Export.objects, "filter", watch)
    assert export().done == 5
    assert told[1:] == [0, 2]


def test_what_cannot_be_made_has_failed_and_is_not_tried_again(plan, batch, export, monkeypatch):
    def broken(*_about):
        raise OSError("no room")

    monkeypatch.setattr(exporting, "write", broken)
    made = export()
    assert (made.state, bool(made.file)) == ("failed", False)
    assert made.ended_at is not None
    monkeypatch.undo()
    make_export(export_id=made.pk)
    made.refresh_from_db()
    assert made.state == "failed"


def test_a_task_that_comes_twice_makes_one_file(plan, batch, export):
    made = export()
    make_export(export_id=made.pk)
    name = made.file.name
    made.refresh_from_db()
    assert made.file.name == name


def test_one_that_the_worker_lost_has_failed_after_half_an_hour(plan, batch, time_machine):
    asker = User.objects.create_user("asker@example.com")
    made = start_export(
        plan=plan, batch=batch, kind=Export.Kind.CSV, county=None, by=asker, now=CUTOFF
    )
    time_machine.move_to(CUTOFF + timedelta(minutes=30), tick=False)
    fail_lost_exports()
    assert Export.objects.get().state == "making"
    time_machine.move_to(CUTOFF + timedelta(minutes=31), tick=False)
    fail_lost_exports()
    made.refresh_from_db()
    assert (made.state, made.ended_at) == ("failed", CUTOFF + timedelta(minutes=31))
    make_export(export_id=made.pk)
    assert not Export.objects.get().file


def test_those_that_are_made_stay(plan, batch, export, time_machine):
    made = export()
    time_machine.move_to(CUTOFF + timedelta(days=1), tick=False)
    fail_lost_exports()
    assert Export.objects.get().state == made.state == "ready"


@pytest.mark.parametrize("rows", [1, 4])
def test_a_file_costs_the_same_queries_for_any_number_of_rows(
    plan, batch, rows, django_assert_num_queries
):
    line_of(plan)
    for _ in range(rows):
        cell_of(batch, "100")
    asker = User.objects.create_user("asker@example.com")
    about = {"plan": plan, "batch": batch, "by": asker, "begun_at": CUTOFF}
    made = Export.objects.create(kind="csv", **about)
    with django_assert_num_queries(7):
        make_export(export_id=made.pk)
    assert SalesCell.objects.count() == rows
