"""A sheet is looked through, then written; what is wrong in it is named by row."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from marketplace.dashboard.models import Change
from marketplace.listings.models import ShelfImport
from marketplace.partner.models import PriceChange, StockRecord
from tests.factories import ProductFactory
from tests.factories.listings import import_of
from tests.marketplace.buying import order_for, stock
from tests.marketplace.dashboard.sheets.rows import SHEETS, row, sheet, shelf_rows, stored, text_of

pytestmark = pytest.mark.django_db


def test_what_is_taken_out_can_be_sent_in_again_and_changes_nothing(clerk, mill, send):
    good = ProductFactory(cooperative=mill, title='=HYPERLINK("http://x")')
    ProductFactory()
    answer = clerk.get(f"{SHEETS}export/")
    assert answer["Content-Disposition"] == 'attachment; filename="mill-20261123.xlsx"'
    cells = [[c.value for c in line] for line in load_workbook(BytesIO(answer.content)).active]
    assert cells[1:] == [[stock(good).partner_sku, good.title, "1000g", 18, 100, 18, 100]]
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


def taken_out(clerk) -> list[list]:
    answer = clerk.get(f"{SHEETS}export/")
    return [[cell.value for cell in line] for line in load_workbook(BytesIO(answer.content)).active]


def test_packs_that_were_sent_since_it_was_taken_out_do_not_come_back(clerk, mill, send, write):
    good = ProductFactory(cooperative=mill)
    rows = taken_out(clerk)
    StockRecord.objects.update(num_in_stock=95)
    rows[1][3] = 19
    assert "1 pack size would change." in text_of(send(sheet(*rows[1:])))
    write()
    assert (stock(good).price, stock(good).num_in_stock) == (19, 95)


@pytest.mark.parametrize(
    ("column", "value", "changed", "words"),
    [
        (4, 120, {"num_in_stock": 95}, "Meanwhile the stock has become 95."),
        (3, 19, {"price": 21}, "Meanwhile the price has become ¥21.00."),
    ],
)
def test_what_was_changed_in_the_sheet_and_on_the_shelf_is_named(
    clerk, mill, send, column, value, changed, words
):
    ProductFactory(cooperative=mill)
    rows = taken_out(clerk)
    rows[1][column] = value
    StockRecord.objects.update(**changed)
    before = shelf_rows()
    assert f'<b class="number">Row 2</b> {words}' in text_of(send(sheet(*rows[1:])))
    assert shelf_rows() == before


def test_what_was_changed_since_it_was_looked_through_is_not_written_over(mill, send, write):
    one, two = ProductFactory(cooperative=mill), ProductFactory(cooperative=mill)
    send(sheet(row(stock(one), 19, 5), row(stock(two), "", 5)))
    StockRecord.objects.filter(pk=stock(one).pk).update(price=21)
    StockRecord.objects.filter(pk=stock(two).pk).update(num_in_stock=95)
    before = shelf_rows()
    page = text_of(write())
    assert '<b class="number">Row 2</b> Meanwhile the price has become ¥21.00.' in page
    assert '<b class="number">Row 3</b> Meanwhile the stock has become 95.' in page
    assert shelf_rows() == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1E99999999", "The stock is between 0 and 1000000, not 1E99999999."),
        ("-1E99999999", "The stock is between 0 and 1000000, not -1E99999999."),
        ("1E-99999999", "“1E-99999999” is no number of packs."),
    ],
)
def test_a_short_text_of_a_giant_number_is_refused_at_once(mill, send, text, words):
    record = stock(ProductFactory(cooperative=mill))
    before = shelf_rows()
    assert words in text_of(send(sheet(row(record, 19, text))))
    assert "so nothing was written" in text_of(send(sheet(row(record, text, 5))))
    assert shelf_rows() == before


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
