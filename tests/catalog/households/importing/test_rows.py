"""Rows of a sheet of households, looked through before anything is written."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from catalog.households.models import Category, Household, RegisterStep
from catalog.households.services.sending import give_up_import, start_import
from catalog.households.sheets import write_template
from catalog.households.tasks import look_through_sheet
from catalog.origins.models import Region
from tests.catalog.households.sheets import HEAD, row_of, sheet_of, upload
from tests.factories.goods import HALE
from tests.factories.households import QINGSHUIHE, make_household, valid_id_number
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.conftest import somebody
from tests.memory import peak_of

pytestmark = pytest.mark.django_db


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


def test_numbers_of_other_counties_leave_a_trace_there_once_also_when_it_is_given_up(wuchuan, send):
    """Whoever sent the sheet has learned by it that they are registered."""
    ours, theirs = make_household(seed=1), make_household(QINGSHUIHE, seed=2)
    job = send(row_of(1), row_of(2), row_of(3))
    give_up_import(county=wuchuan, job_id=job.pk, by=None, now=NOW)
    look_through_sheet(job.pk, "en")
    tried = RegisterStep.objects.filter(kind="tried")
    assert [(step.household, step.at) for step in tried] == [(theirs, NOW)]
    assert not ours.steps.filter(kind="tried").exists()


def test_a_sheet_that_is_given_up_before_anything_was_told_leaves_none(wuchuan):
    make_household(QINGSHUIHE, seed=2)
    official = somebody("official")
    job = start_import(county=wuchuan, file=upload(sheet_of(row_of(2))), by=official, now=NOW)
    give_up_import(county=wuchuan, job_id=job.pk, by=official, now=NOW)
    look_through_sheet(job.pk, "en")
    assert not RegisterStep.objects.filter(kind="tried").exists()


def test_a_sheet_of_5000_rows_stays_small_in_memory(send, write):
    content = sheet_of(*map(row_of, range(5000)))
    grown = peak_of(lambda: write(send(content=content)))
    assert Household.objects.count() == 5000
    assert grown < 100 * 1024**2
