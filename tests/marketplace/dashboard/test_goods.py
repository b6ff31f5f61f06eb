"""A cooperative's goods: the list with why something is not for sale, and prices and stock."""

import re
from datetime import date
from decimal import Decimal

import pytest

from catalog.compliance import missing_by_product, missing_papers, recompute_sellable
from catalog.models import Product
from catalog.papers.models import Paper
from catalog.producers.models import CooperativePaper
from marketplace.dashboard.models import Change
from marketplace.partner.models import PriceChange, PricePaid, StockRecord
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import DAY, NOW, order_for, stock
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mill():
    return CooperativeFactory(slug="mill")


@pytest.fixture
def clerk(client, mill):
    """A client signed in as the mill's clerk."""
    client.clerk = member_of(mill, "clerk", "clerk")
    client.force_login(client.clerk)
    return client


LIST = "/en/dashboard/c/mill/goods/"
GRID = f"{LIST}prices/"
ROW = re.compile(r'href="/en/dashboard/c/mill/goods/(\d+)/"')


def shown(clerk, **params) -> set[int]:
    return {int(pk) for pk in ROW.findall(clerk.get(LIST, params).content.decode())}


def row(record, price=None, quantity=None, **seen) -> dict:
    values = {
        "price": record.price if price is None else price,
        "quantity": record.num_in_stock if quantity is None else quantity,
        "seen_price": record.price,
        "seen_quantity": record.num_in_stock,
    }
    return {f"{record.pk}-{name}": value for name, value in (values | seen).items()}


def now_of(product) -> tuple[Decimal, int]:
    record = stock(product)
    return record.price, record.num_in_stock


def licensed(cooperative, until=None):
    paper = Paper.objects.create(
        kind="food_production_licence",
        number=f"SC{cooperative.pk}",
        issuer="i",
        holder="h",
        valid_from=date(2020, 1, 1),
        valid_until=until,
    )
    CooperativePaper.objects.create(cooperative=cooperative, paper=paper)


def test_the_list_shows_our_goods_by_state_with_prices_and_free_packs(clerk, mill):
    licensed(mill)
    selling = ProductFactory(cooperative=mill, packs=[("39.00", 20, 2500)])
    gone = ProductFactory(cooperative=mill, packs=[("9.00", 0, 500)])
    stopped = ProductFactory(cooperative=mill, sellable_from=None, sellable_until=None)
    ProductFactory()
    order_for((selling, 3))
    assert shown(clerk) == {selling.pk, gone.pk, stopped.pk}
    assert shown(clerk, state="selling") == {selling.pk}
    assert shown(clerk, state="sold_out") == {gone.pk}
    assert shown(clerk, state="not_for_sale") == {stopped.pk}
    assert shown(clerk, q=selling.title) >= {selling.pk}
    page = clerk.get(LIST).content.decode()
    assert "17 of 20 free" in page
    assert "39.00" in page


def test_what_keeps_a_good_from_being_sold_is_named(clerk, mill):
    good = ProductFactory(cooperative=mill)
    recompute_sellable(product=good, day=DAY)
    page = clerk.get(LIST).content.decode()
    assert "Food production licence (SC) of your business is missing or expired." in page
    assert "Not for sale, because:" in clerk.get(f"{LIST}{good.pk}/").content.decode()
    licensed(mill)
    recompute_sellable(product=good, day=DAY)
    assert "missing or expired" not in clerk.get(LIST).content.decode()
    Product.objects.filter(pk=good.pk).update(sale_from=date(2026, 12, 1))
    assert "Its sale begins on Tuesday, 1 December." in clerk.get(LIST).content.decode()


def test_missing_papers_are_the_same_for_many_goods_as_for_each(mill):
    licensed(mill, until=DAY)
    goods = [ProductFactory(cooperative=mill), ProductFactory()]
    together = missing_by_product(products=goods, day=DAY)
    assert together == {good.pk: missing_papers(product=good, day=DAY) for good in goods}
    assert [len(together[good.pk]) for good in goods] == [0, 1]
    assert len(missing_by_product(products=goods, day=date(2026, 11, 24))[goods[0].pk]) == 1


def test_prices_and_stock_of_many_packs_are_saved_together(clerk, mill):
    one, two = ProductFactory(cooperative=mill), ProductFactory(cooperative=mill)
    rows = row(stock(one), price="21.50") | row(stock(two), quantity="7")
    assert clerk.post(f"{GRID}?page=1", rows)["Location"] == GRID
    assert now_of(one) == (Decimal("21.50"), 100)
    assert now_of(two) == (Decimal("18.00"), 7)
    one.refresh_from_db()
    assert one.price_from == Decimal("21.50")
    change = PriceChange.objects.get()
    assert (change.before, change.after) == (Decimal("18.00"), Decimal("21.50"))
    assert (change.by, change.at, change.stockrecord) == (clerk.clerk, NOW, stock(one))
    kept = Change.objects.get()
    assert (kept.room, kept.subject, kept.by) == ("stock", str(stock(two).pk), clerk.clerk)
    assert (kept.before, kept.after) == ({"num_in_stock": 100}, {"num_in_stock": 7})


def refused(clerk, rows, words):
    before = list(StockRecord.objects.order_by("pk").values())
    response = clerk.post(GRID, rows)
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert "nothing was saved" in page
    assert list(StockRecord.objects.order_by("pk").values()) == before
    assert not PriceChange.objects.exists()
    assert not Change.objects.exists()
    return page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quantity": "-1"}, "greater than or equal to 0"),
        ({"quantity": "两箱"}, "whole number"),
        ({"quantity": "9" * 400}, "less than or equal to 1000000"),
        ({"price": ""}, "This field is required."),
        ({"price": "0"}, "A price is between ¥0.10 and ¥99999.00"),
        ({"price": "18.005"}, "2 decimal places"),
        ({"price": "NaN"}, "Enter a number."),
        ({"price": "1e9"}, "less than or equal to 99999"),
        ({"price": "180"}, "¥180 would be ten times or a tenth of ¥18.00"),
        ({"price": "1.80"}, "Is the decimal point in its place?"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(clerk, mill, change, words):
    wrong, right = ProductFactory(cooperative=mill), ProductFactory(cooperative=mill)
    rows = row(stock(wrong), **change) | row(stock(right), price="19.00", quantity="5")
    page = refused(clerk, rows, words)
    assert page.count("price-row--wrong") == 1
    [typed] = change.values()
    assert f'value="{typed}"' in page or typed == ""
    assert 'value="19.00"' in page


def test_less_stock_than_ordered_is_refused(clerk, mill):
    good = ProductFactory(cooperative=mill)
    order_for((good, 4))
    refused(clerk, row(stock(good), quantity="3"), "4 packs are ordered already")


def test_what_moved_meanwhile_is_asked_again(clerk, mill):
    good = ProductFactory(cooperative=mill)
    rows = row(stock(good), price="19.00", quantity="50", seen_price="17.00", seen_quantity="90")
    page = refused(clerk, rows, "Meanwhile the price has become ¥18.00.")
    assert "Meanwhile the stock has become 100." in page
    assert clerk.post(GRID, row(stock(good), price="19.00", quantity="50")).status_code == 302


def test_a_tampered_row_of_anothers_pack_is_not_read(clerk, mill):
    ProductFactory(cooperative=mill)
    theirs = ProductFactory()
    assert clerk.post(GRID, row(stock(theirs), price="1.90")).status_code == 302
    assert now_of(theirs) == (Decimal("18.00"), 100)
    assert clerk.post(GRID, {}).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "-1"])
def test_a_tampered_row_of_ours_changes_nothing(clerk, mill, seen):
    good = ProductFactory(cooperative=mill)
    rows = row(stock(good), price="19.00", seen_price=seen)
    assert clerk.post(GRID, rows).status_code == 200
    assert now_of(good) == (Decimal("18.00"), 100)


def test_the_page_of_a_good_says_which_earlier_price_the_law_allows(clerk, mill):
    good = ProductFactory(cooperative=mill)
    path = f"{LIST}{good.pk}/"
    assert "no earlier price may be named" in clerk.get(path).content.decode()
    for price, day in (("15.00", 1), ("17.00", 17), ("16.00", 18)):
        PricePaid.objects.create(stockrecord=stock(good), price=price, at=NOW.replace(day=day))
    assert "¥16.00 is the most" in clerk.get(path).content.decode()
    PricePaid.objects.filter(at__gte=NOW.replace(day=16)).delete()
    assert "¥15.00 is the most" in clerk.get(path).content.decode()
    clerk.post(GRID, row(stock(good), price="20.00"))
    assert "¥18.00 → ¥20.00" in clerk.get(path).content.decode()


@pytest.mark.parametrize("path", [LIST, GRID])
@pytest.mark.parametrize("count", [1, 15])
def test_lists_cost_the_same_for_any_length(
    clerk, mill, path, count, django_assert_max_num_queries
):
    for _ in range(count):
        ProductFactory(cooperative=mill)
    clerk.get(path)
    with django_assert_max_num_queries(14):
        assert clerk.get(path).status_code == 200


def test_saving_many_rows_costs_the_same_as_one(clerk, mill, django_assert_max_num_queries):
    goods = [ProductFactory(cooperative=mill) for _ in range(20)]
    rows = {}
    for good in goods:
        rows |= row(stock(good), price="19.00", quantity="5")
    with django_assert_max_num_queries(24):
        assert clerk.post(GRID, rows).status_code == 302
    assert now_of(goods[-1]) == (Decimal("19.00"), 5)


@pytest.mark.parametrize("asked", ["abc", "0", "2"])
def test_a_page_that_is_not_there_leads_to_the_nearest(clerk, mill, asked):
    ProductFactory(cooperative=mill)
    assert clerk.get(LIST, {"page": asked})["Location"] == LIST
    assert clerk.get(GRID, {"page": asked})["Location"] == GRID


@pytest.mark.parametrize("params", [{"state": "x"}, {"q": "x" * 10_000}, {"q": "a\x00"}])
def test_wrong_filters_change_nothing(clerk, mill, params):
    good = ProductFactory(cooperative=mill)
    assert shown(clerk, **params) == {good.pk}
