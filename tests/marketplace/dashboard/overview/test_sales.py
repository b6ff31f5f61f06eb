"""What sells, on a cooperative's first page, and who may know for how much."""

import re
from datetime import timedelta

import pytest

from catalog.models import ProductPaper
from marketplace.listings import services as listings
from marketplace.order.models import Consignment, Line
from tests.factories import ProductFactory
from tests.factories.listings import submitted
from tests.factories.lots import lot_of, paper_of
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.dashboard.money import give_back, with_money
from tests.marketplace.dashboard.overview.reading import again, cancel, held, on, page
from tests.marketplace.settlement.trade import person, unpaid

pytestmark = pytest.mark.django_db


def table(html: str, title: str) -> dict[str, list[str]]:
    """By day or good, the cells of its row."""
    part = html.partition(f"<b>{title}</b>")[2].partition("</table>")[0]
    rows = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>((?:<td>[^<]*</td>)*)', part)
    return {label: re.findall(r"<td>([^<]*)</td>", cells) for label, cells in rows}


def total(html: str) -> list[str]:
    part = html.partition('class="sales__total')[2].partition("</p>")[0]
    return re.findall(r"<(?:b|span)[^>]*>([^<]+)<", part)


def test_sales_are_summed_by_day_and_good_to_the_fen(client, maker):
    other = ProductFactory(cooperative=maker, packs=[("0.10", 99, 500)])
    on(with_money((maker.good, 3)), 0)
    on(with_money((maker.good, 1), (other, 3)), 2)
    html = page(client, maker)
    days, goods = table(html, "By day"), table(html, "By good")
    assert len(days) == 30
    assert {day: cells for day, cells in days.items() if cells[0] != "0"} == {
        "21 November": ["1", "4", "¥20.30"],
        "23 November": ["1", "3", "¥60.00"],
    }
    assert goods == {
        maker.good.title_en: ["2", "4", "¥80.00"],
        other.title_en: ["1", "3", "¥0.30"],
    }
    assert total(html) == ["¥80.30", "7 packs", "2 orders"]


def test_unpaid_expired_cancelled_old_and_others_orders_are_no_sales(client, maker):
    unpaid(maker.good)
    for state in ("expired", "cancelled"):
        order = with_money(maker.good)
        Consignment.objects.filter(order=order).update(state=state)
    on(with_money(maker.good), 30)
    with_money(ProductFactory())
    html = page(client, maker)
    assert "Nothing was sold in these days." in html
    assert 'class="chart' not in html


def test_the_first_of_the_thirty_days_counts_from_midnight_in_beijing(client, maker):
    on(with_money(maker.good), 29, hour=0)
    on(with_money(maker.good), 30, hour=23)
    days = table(page(client, maker), "By day")
    assert (next(iter(days)), days["25 October"]) == ("25 October", ["1", "1", "¥20.00"])
    assert total(again(client, maker)) == ["¥20.00", "1 pack", "1 order"]


def test_refunds_come_off_the_money_and_leave_the_packs(client, maker):
    order = with_money((maker.good, 2))
    give_back(order, "7.35")
    html = page(client, maker)
    assert total(html) == ["¥32.65", "2 packs", "1 order"]
    assert "less refunds and without delivery" in html


def test_only_the_parcel_of_the_maker_counts_of_an_order_over_several(client, maker):
    with_money(maker.good, (ProductFactory(), 5))
    assert total(page(client, maker)) == ["¥20.00", "1 pack", "1 order"]


def test_what_left_the_catalogue_stays_sold(client, maker):
    with_money(maker.good)
    Line.objects.update(product=None)
    html = page(client, maker)
    assert table(html, "By good") == {"No longer in the catalogue": ["1", "1", "¥20.00"]}


def test_the_clerk_sees_packs_and_never_money(client, maker):
    with_money((maker.good, 3))
    html = page(client, maker, "clerk")
    assert total(html) == ["3 packs", "1 order"]
    assert table(html, "By day")["23 November"] == ["1", "3"]
    assert table(html, "By good") == {maker.good.title_en: ["1", "3"]}
    assert "¥" not in html.partition('class="office-today"')[2]


@pytest.mark.parametrize("role", ["owner", "accountant"])
def test_owner_and_accountant_see_the_money(client, maker, role):
    with_money((maker.good, 3))
    assert total(page(client, maker, role))[0] == "¥60.00"


def test_the_highest_bar_is_as_high_as_the_drawing_and_none_breaks_the_rule_on_styles(
    client, maker
):
    on(with_money((maker.good, 4)), 1)
    on(with_money((maker.good, 1)), 3)
    html = page(client, maker)
    heights = re.findall(r'<rect x="\d+" y="(\d+)" width="7" height="(\d+)">', html)
    assert len(heights) == 30
    assert heights[28] == ("0", "200")
    assert heights[26] == ("150", "50")
    assert heights[29] == ("200", "0")
    assert "style=" not in html.partition("<main")[2]


def test_eight_goods_are_drawn_and_the_table_has_all(client, maker):
    goods = [ProductFactory(cooperative=maker) for _ in range(10)]
    with_money(*goods)
    html = page(client, maker)
    assert html.count('class="strip tone-oat"') == 8
    assert "And 2 more goods in the table." in html
    assert len(table(html, "By good")) == 10


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_costs_the_same_for_any_trade(
    client, maker, count, django_assert_max_num_queries
):
    for number in range(count):
        good = ProductFactory(cooperative=maker, packs=[("9.00", 4, 500)], shelf_life_days=30)
        lot_of(good, day=DAY - timedelta(days=20))
        held(maker, 3 + number, kind="food_production_licence")
        paper = paper_of("organic_certificate", ends=DAY + timedelta(days=7))
        ProductPaper.objects.create(product=good, paper=paper)
        cancel(with_money(good))
        with_money(good)
        one, two = (submitted(maker, title=f"面{number}{turn}") for turn in "ab")
        listings.approve(proposal_id=one.pk, seen=one.version, by=person("op"), now=NOW)
        listings.give_back(
            proposal_id=two.pk, seen=two.version, reason="x", by=person("op"), now=NOW
        )
    page(client, maker)
    with django_assert_max_num_queries(26):
        again(client, maker)
