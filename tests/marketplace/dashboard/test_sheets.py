"""Prices and stock by spreadsheet: taken out, looked through, written whole or not at all."""

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from catalog.models import Product
from marketplace.dashboard.goods.importing import look_through_sheet, write_sheet_rows
from marketplace.dashboard.models import Change
from marketplace.listings.models import ShelfImport
from marketplace.partner.models import PriceChange, StockRecord
from marketplace.partner.services import open_shelf
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.listings import import_of
from tests.marketplace.buying import NOW, order_for, stock
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db

SHEETS = "/en/dashboard/c/mill/goods/sheet/"


@pytest.fixture
def mill():
    return CooperativeFactory(slug="mill")


@pytest.fixture
def clerk(client, mill):
    client.force_login(member_of(mill, "clerk", "clerk"))
    return client


@pytest.fixture
def send(clerk, django_capture_on_commit_callbacks):
    """The sheet is sent in and looked through; the answer's page."""

    def sending(content, name="prices.xlsx"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = clerk.post(SHEETS, {"sheet": SimpleUploadedFile(name, content)})
        return clerk.get(answer["Location"]) if answer.status_code == 302 else answer

    return sending


@pytest.fixture
def write(clerk, django_capture_on_commit_callbacks):
    def writing():
        job = ShelfImport.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            answer = clerk.post(f"{SHEETS}{job.pk}/")
        return clerk.get(answer["Location"])

    return writing


def sheet(*rows) -> bytes:
    book = Workbook()
    book.active.append(["编号", "商品", "规格", "价格", "库存"])
    for row in rows:
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def row(record, price="", quantity=""):
    return [record.partner_sku, "x", "y", price, quantity]


def text_of(response) -> str:
    return response.content.decode()


def shelf_rows() -> list:
    return list(StockRecord.objects.order_by("pk").values())


def stored() -> list[str]:
    return default_storage.listdir("imports")[1] if default_storage.exists("imports") else []


def test_what_is_taken_out_can_be_sent_in_again_and_changes_nothing(clerk, mill, send):
    good = ProductFactory(cooperative=mill, title='=HYPERLINK("http://x")')
    ProductFactory()
    answer = clerk.get(f"{SHEETS}export/")
    assert answer["Content-Disposition"] == 'attachment; filename="mill-20261123.xlsx"'
    cells = [[c.value for c in line] for line in load_workbook(BytesIO(answer.content)).active]
    assert cells[1:] == [[stock(good).partner_sku, good.title, "1000g", 18, 100]]
    sent = load_workbook(BytesIO(answer.content)).active["B2"]
    assert sent.data_type == "s"
    assert "Everything is right. 0 pack sizes would change." in text_of(send(answer.content))


def test_a_sheet_is_looked_through_first_and_then_written(clerk, mill, send, write):
    one, two, three = (ProductFactory(cooperative=mill) for _ in range(3))
    content = sheet(
        row(stock(one), "¥21.5", 30), row(stock(two), "", "7"), row(stock(three), 18, 100)
    )
    before = shelf_rows()
    page = text_of(send(content))
    assert "Everything is right. 2 pack sizes would change." in page
    assert shelf_rows() == before
    assert stored() == []
    assert "2 pack sizes changed." in text_of(write())
    assert (stock(one).price, stock(one).num_in_stock) == (Decimal("21.50"), 30)
    assert (stock(two).price, stock(two).num_in_stock) == (Decimal("18.00"), 7)
    one.refresh_from_db()
    assert one.price_from == Decimal("21.50")
    assert (PriceChange.objects.count(), Change.objects.count()) == (1, 2)
    write()
    assert (PriceChange.objects.count(), Change.objects.count()) == (1, 2)


def test_every_broken_row_is_named_in_words_and_nothing_is_written(mill, send):
    good, other, sold = (ProductFactory(cooperative=mill) for _ in range(3))
    theirs = ProductFactory()
    order_for((sold, 4))
    before = shelf_rows()
    page = text_of(
        send(
            sheet(
                row(stock(good), 19, 5),
                row(stock(other), "=1+1", 5),
                row(stock(theirs), 19, 5),
                ["", "x", "y", 1, 1],
                row(stock(good), 19, 5),
                row(stock(sold), 19, 3),
                row(stock(other), "十九", 5),
                row(stock(other), 19, "两箱"),
                row(stock(other), 19, -1),
                row(stock(other), 19, 1.5),
                row(stock(other), 180, 5),
                row(stock(other), True, 5),
            )
        )
    )
    for number, words in {
        3: "A formula: please type the number itself.",
        4: f"No pack of yours has the number “{stock(theirs).partner_sku}”.",
        5: "The number of the pack is missing.",
        6: f"The number “{stock(good).partner_sku}” stands in row 2 already.",
        7: "4 packs are ordered already",
        8: "“十九” is no price.",
        9: "“两箱” is no number of packs.",
        10: "The stock is between 0 and 1000000, not -1.",
        11: "“1.5” is no number of packs.",
        12: "¥180 would be ten times or a tenth",
        13: "“True” is no price.",
    }.items():
        assert f'<b class="number">Row {number}</b> {words}' in page
    assert "11 things are not right, so nothing was written." in page
    assert shelf_rows() == before
    assert ShelfImport.objects.get().wanted == []


def test_what_has_become_impossible_meanwhile_is_named_and_nothing_is_written(mill, send, write):
    one, two = ProductFactory(cooperative=mill), ProductFactory(cooperative=mill)
    send(sheet(row(stock(one), 19, 5), row(stock(two), 19, 5)))
    order_for((two, 9))
    before = shelf_rows()
    page = text_of(write())
    assert '<b class="number">Row 3</b> 9 packs are ordered already' in page
    assert shelf_rows() == before
    assert not PriceChange.objects.exists()


def archive(parts) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return buffer.getvalue()


BOMB = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"\0" * 40 * 1024**2})
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


def test_only_what_was_looked_through_is_written(clerk, mill):
    job = import_of(mill)
    for state in ("checking", "writing", "done", "refused"):
        ShelfImport.objects.filter(pk=job.pk).update(state=state)
        page = text_of(clerk.post(f"{SHEETS}{job.pk}/", follow=True))
        assert "no longer waiting for it" in page
        assert ShelfImport.objects.get().state == state


def test_while_it_is_looked_through_the_page_asks_again_by_itself(clerk, mill):
    job = import_of(mill)
    ShelfImport.objects.filter(pk=job.pk).update(state="checking", rows_seen=250)
    page = text_of(clerk.get(f"{SHEETS}{job.pk}/"))
    assert 'hx-trigger="every 1s"' in page
    assert "250 rows looked through" in page
    part = text_of(clerk.get(f"{SHEETS}{job.pk}/", headers={"HX-Request": "true"}))
    assert part.lstrip().startswith('<div id="import"')


@pytest.mark.parametrize("count", [1, 9])
def test_the_list_of_sheets_costs_the_same_for_any_length(
    clerk, mill, count, django_assert_max_num_queries
):
    for _ in range(count):
        import_of(mill)
    clerk.get(SHEETS)
    with django_assert_max_num_queries(6):
        page = text_of(clerk.get(SHEETS))
    assert page.count("row--proposal") == count


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
    job.wanted = [[number, record.pk, "20.50", 91] for number, record in enumerate(records, 2)]
    job.state, job.errors = ShelfImport.State.WRITING, []
    job.save()
    assert peak_of(lambda: write_sheet_rows(job_id=job.pk, now=NOW)) < 100 * 1024**2
    assert StockRecord.objects.filter(price=Decimal("20.50"), num_in_stock=91).count() == 5000


def peak_of(work) -> int:
    """By how many bytes the process grew meanwhile: the kernel's mark of high water is set back
    before, for tracing each object takes minutes."""
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")
    work()
    return memory("VmHWM") - before


def memory(name: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"^{name}:\s+(\d+) kB", status, re.M)[1]) * 1024
