"""A cooperative's first page: what sells, what runs out, what happened, and who may know it."""

import re
from datetime import timedelta
from itertools import count as count_from

import pytest

from catalog.models import Product, ProductPaper
from catalog.producers.models import CooperativePaper
from marketplace.aftersales.recalls import recall_lot
from marketplace.listings import services as listings
from marketplace.listings.models import Proposal
from marketplace.order.models import Consignment, Line, Order
from marketplace.partner.models import StockRecord
from marketplace.settlement.services import refuse_account, write_account
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.listings import submitted
from tests.factories.lots import lot_of, paper_of
from tests.marketplace.buying import DAY, NOW
from tests.marketplace.dashboard.money import give_back, with_money
from tests.marketplace.dashboard.test_orders_list import paid
from tests.marketplace.dashboard.walking import member_of
from tests.marketplace.settlement.trade import (
    account_of,
    lead,
    maker_with_goods,
    pay_out,
    person,
    unpaid,
)

pytestmark = pytest.mark.django_db
numbers = count_from(1)
SEATS = ("owner", "clerk", "accountant")


@pytest.fixture
def maker(db):
    """A cooperative with one good at ¥20."""
    maker, maker.good = maker_with_goods("20.00")
    return maker


def page(client, maker, role: str = "owner") -> str:
    client.force_login(member_of(maker, role, f"{role}{next(numbers)}"))
    return again(client, maker)


def again(client, maker) -> str:
    response = client.get(f"/en/dashboard/c/{maker.slug}/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def on(order: Order, days_ago: int, hour: int = 12) -> Order:
    at = (NOW - timedelta(days=days_ago)).replace(hour=hour, minute=0)
    Order.objects.filter(pk=order.pk).update(date_placed=at)
    return order


def table(html: str, title: str) -> dict[str, list[str]]:
    """By day or good, the cells of its row."""
    part = html.partition(f"<b>{title}</b>")[2].partition("</table>")[0]
    rows = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>((?:<td>[^<]*</td>)*)', part)
    return {label: re.findall(r"<td>([^<]*)</td>", cells) for label, cells in rows}


def total(html: str) -> list[str]:
    part = html.partition('class="sales__total')[2].partition("</p>")[0]
    return re.findall(r"<(?:b|span)[^>]*>([^<]+)<", part)


def jobs(html: str) -> list[str]:
    part = html.partition('id="jobs"')[2].partition('aria-labelledby="sales"')[0]
    return re.findall(r'<b class="door__name"[^>]*>([^<]+)</b>', part)


def news(html: str) -> list[str]:
    part = html.partition('id="news"')[2].partition("</ul>")[0]
    return re.findall(r'<a class="link"[^>]*>([^<]+)</a>', part)


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


def held(maker, until: int | None, begins: int = -300, kind: str = "business_licence"):
    ends = None if until is None else DAY + timedelta(days=until)
    paper = paper_of(kind, begins=DAY + timedelta(days=begins), ends=ends)
    CooperativePaper.objects.create(cooperative=maker, paper=paper)


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


def test_what_the_market_returned_waits_and_what_it_approved_is_news(client, maker):
    good, bad = submitted(maker, title="好面"), submitted(maker, title="坏面")
    listings.approve(proposal_id=good.pk, seen=good.version, by=person("op"), now=NOW)
    listings.give_back(
        proposal_id=bad.pk, seen=bad.version, reason="看不清", by=person("op"), now=NOW
    )
    html = page(client, maker, "clerk")
    assert "Returned: 坏面" in jobs(html)
    assert news(html) == ["好面"]
    assert Proposal.objects.get(pk=bad.pk).state == "returned"


def test_a_recall_and_a_cancelled_parcel_are_news_for_those_who_pack(client, maker):
    order, given_up = with_money(maker.good), unpaid(maker.good)
    cancel(order)
    cancel(given_up)
    lot = lot_of(maker.good, "BAD-1")
    recall_lot(lot_id=lot.pk, reason="受潮", packs={}, by=None, now=NOW, today=DAY)
    labels = ["Lot BAD-1 was recalled", f"Order {order.number} was cancelled"]
    assert sorted(news(page(client, maker, "clerk"))) == sorted(labels)
    assert news(page(client, maker, "accountant")) == []


def cancel(order: Order) -> None:
    for parcel in order.consignments.all():
        Consignment.objects.filter(pk=parcel.pk).update(state="cancelled")
        parcel.steps.create(state="cancelled", at=NOW, reason="不要了")


def test_news_of_money_is_for_owner_and_accountant(client, maker):
    lead(with_money((maker.good, 3)), "delivered")
    payout = pay_out_some(maker)
    account = write_account(
        cooperative=maker, holder="x", number="62284801", bank="y", by=person("o"), now=NOW
    )
    refuse_account(account_id=account.pk, reason="户名不对", by=person("checker"), now=NOW)
    told = {f"Paid out: ¥{payout.amount}", "Bank account **** 4801 was refused"}
    for role in ("owner", "accountant"):
        assert told <= set(news(page(client, maker, role)))
    assert news(page(client, maker, "clerk")) == []


def pay_out_some(maker):
    account_of(maker)
    return pay_out(maker, "5.00")


def first_steps(html: str) -> list[tuple[str, bool]]:
    part = html.partition('class="first-steps"')[2].partition("</ol>")[0]
    rows = re.findall(r"<li class=\"first-step([^\"]*)\">.*?<b[^>]*>([^<]+)</b>", part)
    return [(label, "done" in css) for css, label in rows]


def test_a_new_cooperative_is_told_what_to_do_first(client):
    maker = CooperativeFactory()
    steps = [
        "Put in the papers of your business",
        "Put up your first good",
        "Record a lot and release it",
        "Write down your bank account",
    ]
    assert first_steps(page(client, maker)) == [(step, False) for step in steps]
    assert first_steps(page(client, maker, "clerk")) == [(step, False) for step in steps[:3]]
    assert first_steps(page(client, maker, "accountant")) == []
    html = page(client, maker)
    assert "Nothing was sold in these days." in html
    assert "Nothing else. Papers, lots" not in html
    held(maker, None)
    assert first_steps(again(client, maker))[0] == (steps[0], True)


def test_first_steps_go_with_the_first_sale_and_the_missing_account_stays(client, maker):
    paid(maker.good)
    lot_of(maker.good)
    html = page(client, maker)
    assert first_steps(html) == []
    assert jobs(html) == ["No bank account yet"]
    assert jobs(page(client, maker, "clerk")) == []


def test_a_quiet_day_says_that_all_is_well(client, maker):
    assert "Nothing else. Papers, lots and stock will last." in page(client, maker, "accountant")


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
