"""The pages of a sheet: taken out, sent in, looked through, its good rows written or given up."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from catalog.households.models import Household, RegisterImport
from marketplace.dashboard.listing import PAGE_SIZE
from tests.catalog.households.sheets import HEAD, row_of, sheet_of, upload
from tests.factories.households import QINGSHUIHE, WUCHUAN, import_into
from tests.marketplace.dashboard.households.conftest import REGISTER, text_of

pytestmark = pytest.mark.django_db
SHEETS = f"{REGISTER}sheets/"


@pytest.fixture
def send(desk, django_capture_on_commit_callbacks):
    def sending(content: bytes):
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(SHEETS, {"sheet": upload(content)})
        return desk.get(answer["Location"]) if answer.status_code == 302 else answer

    return sending


@pytest.fixture
def decide(desk, django_capture_on_commit_callbacks):
    def deciding(**button):
        job = RegisterImport.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(f"{SHEETS}{job.pk}/", button)
        return desk.get(answer["Location"])

    return deciding


def test_the_empty_sheet_can_be_taken_out(desk):
    answer = desk.get(f"{SHEETS}empty/")
    assert answer["Content-Disposition"] == 'attachment; filename="households.xlsx"'
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.rows] == [HEAD]


def test_of_500_rows_20_are_named_and_the_other_480_registered(send, decide, official):
    broken = {"id_number": "150125197001011235"}
    rows = [row_of(seed, **broken if seed % 25 == 0 else {}) for seed in range(500)]
    page = text_of(send(sheet_of(*rows)))
    assert "20 rows cannot be written." in page
    assert "Register 480 households" in page
    assert page.count("The ID number is mistyped") == 20
    assert '<b class="number">Row 27</b>' in page
    assert "150125197001011235" not in page
    assert Household.objects.count() == 0
    page = text_of(decide())
    assert "480 households registered." in page
    assert "20 rows were not written" in page
    assert Household.objects.count() == 480
    assert RegisterImport.objects.get().by == official


def test_a_sheet_is_given_up_and_who_did_so_is_kept(desk, send, decide, official):
    send(sheet_of(row_of(1)))
    page = text_of(decide(give_up="1"))
    assert "Given up. Nothing was written, and the file is gone." in page
    job = RegisterImport.objects.get()
    assert (job.state, job.given_up_by, Household.objects.count()) == ("refused", official, 0)
    page = text_of(desk.get(f"{SHEETS}{job.pk}/"))
    assert f"Given up by {official}, " in page
    assert "Nothing of it can be written" not in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The submitted file is empty."),
        (b"a,b,c", "This is no Excel file"),
        (b"\0" * 6 * 1024**2, "at most 5 MB"),
        (b"\0" * 11 * 1024**2, "at most 5 MB"),
    ],
)
def test_a_bad_file_is_refused_beside_it_and_nothing_is_kept(send, content, words):
    assert words in text_of(send(content))
    assert not RegisterImport.objects.exists()


def test_nothing_chosen_is_said(desk):
    assert "This field is required." in text_of(desk.post(SHEETS))


def test_a_sheet_that_is_all_wrong_is_refused_with_its_rows(send):
    page = text_of(send(sheet_of(["=A1"] * 8, row_of(1, category="标记户"))))
    assert "Nothing of it can be written any more." in page
    assert "A formula: please write the text itself." in page
    assert "标记户" not in page
    assert "Register 0" not in page


def test_one_that_is_written_already_is_not_written_again(desk, send, decide):
    send(sheet_of(row_of(1)))
    decide()
    for button in ({}, {"give_up": "1"}):
        assert "no longer waiting for it" in text_of(decide(**button))
    assert (RegisterImport.objects.get().state, Household.objects.count()) == ("done", 1)


def test_while_the_worker_is_at_it_the_page_asks_again_by_itself(desk):
    job = import_into(WUCHUAN)
    RegisterImport.objects.update(state="writing", rows_total=500, rows_seen=250)
    page = text_of(desk.get(f"{SHEETS}{job.pk}/"))
    assert 'hx-trigger="every 1s"' in page
    assert "250 of 500 rows done" in page
    assert 'max="500" value="250"' in page
    part = text_of(desk.get(f"{SHEETS}{job.pk}/", headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="import"')


def test_another_countys_sheet_is_not_there(desk):
    job = import_into(QINGSHUIHE)
    assert desk.get(f"{SHEETS}{job.pk}/").status_code == 404
    assert desk.post(f"{SHEETS}{job.pk}/").status_code == 404
    assert "state--checked" not in text_of(desk.get(SHEETS))
    assert RegisterImport.objects.get().state == "checked"


@pytest.mark.parametrize("count", [1, 9])
def test_the_list_of_sheets_costs_the_same_for_any_length(desk, count, django_assert_num_queries):
    for _ in range(count):
        import_into(WUCHUAN)
    desk.get(SHEETS)
    with django_assert_num_queries(4):
        page = text_of(desk.get(SHEETS))
    assert page.count("row--proposal") == count


def test_no_sheet_goes_out_of_the_list(desk):
    for _ in range(PAGE_SIZE + 1):
        import_into(WUCHUAN)
    assert text_of(desk.get(SHEETS)).count("row--proposal") == PAGE_SIZE
    assert text_of(desk.get(f"{SHEETS}?page=2")).count("row--proposal") == 1
