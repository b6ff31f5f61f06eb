"""Files that are no sheet of ours, a very long one, and those that the worker lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import Product
from marketplace.dashboard.goods import importing
from marketplace.dashboard.goods.importing import look_through_sheet, write_sheet_rows
from marketplace.dashboard.goods.tasks import follow_sheets
from marketplace.listings.models import ShelfImport
from marketplace.partner.models import StockRecord
from marketplace.partner.services import open_shelf
from tests.factories import ProductFactory
from tests.factories.files import BOMB, archive
from tests.marketplace.buying import NOW, stock
from tests.marketplace.dashboard.sheets.rows import SHEETS, row, sheet, shelf_rows, stored, text_of
from tests.memory import peak_of

pytestmark = pytest.mark.django_db


BAD_FILES = [
    (b"", "The submitted file is empty."),
    (b"a,b,c", "This is no Excel file"),
    (archive({"a.txt": b"x"}), "This is no Excel file"),
    (BOMB, "far too large when it is opened"),
    (archive({f"{n}.xml": b"" for n in range(201)}), "far too large when it is opened"),
    (b"\0" * (5 * 1024**2 + 1), "at most 5 MB"),
]


@pytest.mark.parametrize(("content", "words"), BAD_FILES)
def test_a_bad_file_is_refused_in_words_and_nothing_is_stored(mill, send, content, words):
    assert words in text_of(send(content))
    assert not ShelfImport.objects.exists()
    assert stored() == []


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": b"<x/>"},
        {
            "xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'a'>]><x>&a;</x>",
            "[Content_Types].xml": b"",
        },
    ],
)
def test_a_broken_sheet_is_refused_when_it_is_looked_through(mill, send, parts):
    assert "This is no Excel file" in text_of(send(archive(parts)))
    assert ShelfImport.objects.get().state == "refused"
    assert stored() == []


def test_too_many_rows_are_refused(mill, send, monkeypatch):
    monkeypatch.setattr("marketplace.dashboard.goods.sheets.MOST_ROWS", 3)
    good = ProductFactory(cooperative=mill)
    page = text_of(send(sheet(*[row(stock(good), 19, 5)] * 4)))
    assert "too many rows" in page


def many_packs(cooperative, count) -> list[StockRecord]:
    parent = ProductFactory(cooperative=cooperative)
    shelf = open_shelf(cooperative=cooperative)
    packs = Product.objects.bulk_create(
        Product(
            structure="child", parent=parent, slug="p", title=f"{n}g", net_grams=n, gross_grams=n
        )
        for n in range(1, count + 1)
    )
    return StockRecord.objects.bulk_create(
        StockRecord(
            product=pack, partner=shelf, partner_sku=f"P{n}", price=Decimal(18), num_in_stock=9
        )
        for n, pack in enumerate(packs)
    )


def test_of_5000_rows_the_40_broken_are_named_and_the_memory_stays_small(mill, send, write):
    records = many_packs(mill, 5000)
    broken = set(range(0, 5000, 125))
    rows = [
        row(record, "x" if number in broken else "19.50", number % 90)
        for number, record in enumerate(records)
    ]
    content = sheet(*rows)
    before = shelf_rows()
    page = text_of(send(content))
    assert "40 things are not right, so nothing was written." in page
    for number in broken:
        assert f'<b class="number">Row {number + 2}</b> “x” is no price.' in page
    assert shelf_rows() == before
    ShelfImport.objects.all().delete()
    send(sheet(*(row(record, "19.50", number % 90) for number, record in enumerate(records))))
    assert "5000 pack sizes changed." in text_of(write())
    assert StockRecord.objects.filter(price=Decimal("19.50")).count() == 5000
    job = ShelfImport.objects.create(
        cooperative=mill, name="x", file=SimpleUploadedFile("x.xlsx", content), begun_at=NOW
    )
    assert peak_of(lambda: look_through_sheet(job=job, now=NOW)) < 100 * 1024**2
    assert job.rows_seen == 5000
    job.wanted = [
        [number, record.pk, "20.50", "91", "19.50", str((number - 2) % 90)]
        for number, record in enumerate(records, 2)
    ]
    job.state, job.errors = ShelfImport.State.WRITING, []
    job.save()
    assert peak_of(lambda: write_sheet_rows(job_id=job.pk, now=NOW)) < 100 * 1024**2
    assert StockRecord.objects.filter(price=Decimal("20.50"), num_in_stock=91).count() == 5000


def test_who_looks_through_a_sheet_second_does_not_take_it_back(mill, monkeypatch):
    content = sheet(row(stock(ProductFactory(cooperative=mill)), 19, 5))
    job = ShelfImport.objects.create(
        cooperative=mill, name="x", file=SimpleUploadedFile("x.xlsx", content), begun_at=NOW
    )
    sort_rows = importing.sort_rows

    def overtaken(*sheet_of_job):
        monkeypatch.setattr(importing, "sort_rows", sort_rows)
        found = sort_rows(*sheet_of_job)
        look_through_sheet(job=ShelfImport.objects.get(), now=NOW)
        ShelfImport.objects.update(state="done", wanted=[])
        return found

    monkeypatch.setattr(importing, "sort_rows", overtaken)
    look_through_sheet(job=job, now=NOW)
    kept = ShelfImport.objects.get()
    assert (kept.state, kept.wanted, kept.file.name) == ("done", [], "")


def test_what_the_worker_lost_it_gets_again(
    mill, clerk, django_capture_on_commit_callbacks, time_machine
):
    """Looked through, and then written, each once."""
    time_machine.move_to(NOW, tick=False)
    record = stock(ProductFactory(cooperative=mill))
    clerk.post(SHEETS, {"sheet": SimpleUploadedFile("prices.xlsx", sheet(row(record, 19, 5)))})
    followed = [follow(django_capture_on_commit_callbacks, time_machine, n) for n in (30, 31, 61)]
    assert followed == ["checking", "checked", "checked"]
    clerk.post(f"{SHEETS}{ShelfImport.objects.get().pk}/")
    assert follow(django_capture_on_commit_callbacks, time_machine, 91) == "done"
    record.refresh_from_db()
    assert (record.price, record.num_in_stock) == (19, 5)


def follow(capture, time_machine, minutes: int) -> str:
    time_machine.move_to(NOW + timedelta(minutes=minutes), tick=False)
    with capture(execute=True):
        follow_sheets()
    return ShelfImport.objects.get().state


@pytest.mark.parametrize("state", ["checking", "checked", "writing"])
def test_one_that_is_a_day_old_is_dropped_and_not_written(
    mill, send, state, time_machine, django_capture_on_commit_callbacks
):
    send(sheet(row(stock(ProductFactory(cooperative=mill)), 19, 5)))
    kept = SimpleUploadedFile("x.xlsx", b"x")
    job = ShelfImport.objects.get()
    job.file.save("x.xlsx", kept, save=False)
    job.state = state
    job.save()
    before = shelf_rows()
    time_machine.move_to(NOW + timedelta(days=1, seconds=1), tick=False)
    with django_capture_on_commit_callbacks(execute=True):
        follow_sheets()
    job.refresh_from_db()
    assert (job.state, job.wanted, job.file.name) == ("refused", [], "")
    assert job.ended_at == NOW + timedelta(days=1, seconds=1)
    assert "a day old and is dropped" in job.errors[0][1]
    assert stored() == []
    assert shelf_rows() == before
