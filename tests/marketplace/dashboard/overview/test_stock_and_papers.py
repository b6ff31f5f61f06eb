"""What runs out, on a cooperative's first page: packs, lots and papers."""

from datetime import timedelta

import pytest

from catalog.models import Product, ProductPaper
from marketplace.partner.models import StockRecord
from tests.factories import ProductFactory
from tests.factories.lots import lot_of, paper_of
from tests.marketplace.buying import DAY
from tests.marketplace.dashboard.overview.reading import held, jobs, on, page
from tests.marketplace.dashboard.test_orders_list import paid

pytestmark = pytest.mark.django_db


SEATS = ("owner", "clerk", "accountant")


def shelf(maker, good=None, **values) -> None:
    StockRecord.objects.filter(product__parent=good or maker.good).update(**values)


@pytest.mark.parametrize(
    ("free", "sold", "words"),
    [
        (11, 0, None),
        (10, 0, "None was sold in the last 14 days."),
        (12, 24, None),
        (11, 24, "As it sells now, enough for 6 days."),
        (1, 28, "As it sells now, not enough for one day."),
        (0, 1, "1 was sold in the last 14 days."),
    ],
)
def test_few_left_is_ten_or_less_than_sells_in_a_week(client, maker, free, sold, words):
    """Half of what went in fourteen days."""
    lot_of(maker.good, quantity=500)
    if sold:
        on(paid((maker.good, sold)), 13)
    on(paid((maker.good, 50)), 14)
    record = StockRecord.objects.get(product__parent=maker.good)
    shelf(maker, num_in_stock=record.num_allocated + free)
    html = page(client, maker, "clerk")
    name = f"{maker.good.title_en} 1000 g"
    label = f"{name}: {free} left" if free else f"{name}: sold out"
    assert (label in jobs(html)) == (words is not None)
    if words:
        assert words in html
        assert "10 packs or fewer, or less than sells in a week" in html
        assert f"/en/dashboard/c/{maker.slug}/goods/prices/?q=" in html


def test_the_fewest_left_stand_first_and_the_rest_is_counted(client, maker):
    goods = [ProductFactory(cooperative=maker, packs=[("9.00", n, 500)]) for n in (5, 3, 9, 7, 1)]
    ProductFactory(packs=[("9.00", 1, 500)])
    html = page(client, maker, "clerk")
    first = [f"{goods[at].title_en} 500 g: {left} left" for at, left in ((4, 1), (1, 3), (0, 5))]
    assert jobs(html)[-4:] == [*first, "2 more run low"]


def test_what_is_not_on_the_shelf_needs_no_packs(client, maker):
    shelf(maker, num_in_stock=0)
    Product.objects.filter(pk=maker.good.pk).update(sellable_until=DAY - timedelta(days=1))
    assert jobs(page(client, maker, "clerk")) == []


def test_lots_missing_for_what_is_ordered_and_lots_near_their_last_day_are_named(client, maker):
    paid((maker.good, 5))
    lot_of(maker.good, "HALF", quantity=3)
    potato = ProductFactory(cooperative=maker, shelf_life_days=30)
    lot_of(potato, "ENDS", DAY - timedelta(days=28))
    lot_of(potato, "LASTS", DAY - timedelta(days=15))
    lot_of(potato, "HELD", state="held")
    html = page(client, maker, "clerk")
    assert jobs(html) == [
        f"{maker.good.title_en}: no lot for 2 packs",
        "Lot ENDS: 2 days left",
        "1 lot to release",
    ]
    assert f"/en/dashboard/c/{maker.slug}/lots/ENDS/" in html


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (31, None),
        (30, "30 days left"),
        (0, "ends tonight"),
        (-1, "ended 1 day ago"),
        (-90, "ended 90 days ago"),
        (-91, None),
        (None, None),
    ],
)
@pytest.mark.parametrize("role", SEATS)
def test_papers_that_run_out_are_named_to_everybody(client, maker, until, words, role):
    held(maker, until)
    assert jobs(page(client, maker, role)) == ([f"Business licence: {words}"] if words else [])


@pytest.mark.parametrize(
    ("until", "begins", "shown"),
    [(400, 6, False), (None, -9, False), (400, 7, True), (3, -9, True)],
)
def test_a_paper_that_another_follows_without_a_gap_is_renewed(client, maker, until, begins, shown):
    held(maker, 5)
    held(maker, until, begins)
    labels = jobs(page(client, maker))
    assert ("Business licence: 5 days left" in labels) == shown


def test_papers_of_goods_are_for_those_who_tend_goods(client, maker):
    paper = paper_of("organic_certificate", ends=DAY + timedelta(days=7))
    ProductPaper.objects.create(product=maker.good, paper=paper)
    html = page(client, maker, "clerk")
    assert jobs(html) == ["Organic product certificate: 7 days left"]
    assert f"/goods/{maker.good.pk}/" in html
    assert jobs(page(client, maker, "accountant")) == []
