"""A statement: every fen of the ledger once, frozen when the month is over."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.ledger.models import Account, Entry, Posting
from marketplace.ledger.services import Move, Place, post
from marketplace.order.models import Line
from marketplace.partner.models import FeeRate
from marketplace.settlement.models import Statement
from marketplace.settlement.purses import read_purse
from marketplace.settlement.services import close_months, mark_returned
from marketplace.settlement.sheets import Sheet, read_months, read_sheet
from tests.factories import ProductFactory
from tests.factories.offers import voucher_of
from tests.marketplace.buying import NOW, basket_with, order_for, place, purchase_of
from tests.marketplace.dashboard.money import arrived, failed, give_back, with_money
from tests.marketplace.settlement.trade import (
    account_of,
    delivered,
    delivery_of,
    maker_with_goods,
    pay_out,
    person,
    purse,
    take_money,
    yuan,
)

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
IN_DECEMBER = NOW + timedelta(days=10)


def sheet_of(maker, month=NOVEMBER, now=NOW) -> Sheet:
    return read_sheet(cooperative=maker, month=month, now=now)


def rows_of(sheet: Sheet) -> list:
    return sheet.rows(sheet.postings)


def assert_it_adds_up(sheet: Sheet) -> None:
    rows = rows_of(sheet)
    assert sum(row.net for row in rows) == sheet.closing - sheet.opening
    for row in rows:
        assert sum(detail.net for detail in row.details) == row.net


def test_a_sale_says_goods_discounts_delivery_and_the_fee_of_nothing():
    maker, good = maker_with_goods("20.00")
    order = with_money((good, 2))
    sheet = sheet_of(maker)
    assert (sheet.opening, sheet.goods, sheet.own_discount) == (0, 40, 0)
    assert sheet.columns["delivery"] == delivery_of(order)
    assert sheet.closing == order.total_incl_tax
    (row,) = rows_of(sheet)
    line = row.details[0]
    assert (row.posting.reference, row.kind) == (order.number, "paid")
    assert (line.quantity, line.goods, line.fee_percent, line.fee) == (2, 40, "0.00%", 0)
    assert_it_adds_up(sheet)


@pytest.mark.parametrize(
    ("bearer", "own", "market", "net"), [("market", 0, 5, 40), ("maker", -5, 0, 35)]
)
def test_a_discount_says_who_bears_it(bearer, own, market, net):
    maker, good = maker_with_goods("20.00")
    voucher_of("OFF", off="5.00", cooperative=maker if bearer == "maker" else None)
    basket = basket_with((good, 2))
    order = place(basket, purchase_of(basket, voucher_code="OFF"))
    take_money(order)
    sheet = sheet_of(maker)
    assert (sheet.goods, sheet.own_discount, sheet.columns["market"]) == (40, own, market)
    assert sheet.closing == net + delivery_of(order)
    line = rows_of(sheet)[0].details[0]
    assert (line.goods, line.own_discount, line.market) == (40, own, market)
    assert_it_adds_up(sheet)


def test_refunds_payouts_and_what_came_back_stand_with_their_sign():
    maker, good = maker_with_goods("20.00")
    account_of(maker)
    order = delivered((good, 5))
    whole = 100 + delivery_of(order)
    refund = arrived(give_back(order, "30.00"))
    payout = pay_out(maker, "50.00")
    sheet = sheet_of(maker)
    assert (sheet.columns["refunded"], sheet.columns["paid_out"]) == (-30, -50)
    assert sheet.closing == whole - 80
    failed(refund)
    mark_returned(payout_id=payout.pk, reason="户名不符", by=person("a"), now=NOW)
    sheet = sheet_of(maker)
    assert (sheet.columns["refunded"], sheet.columns["paid_out"]) == (0, 0)
    assert sheet.closing == whole
    titles = [row.posting.event.partition(":")[0] for row in rows_of(sheet)]
    assert titles == ["paid", "refund", "payout", "refund_failed", "payout_returned"]
    assert_it_adds_up(sheet)


def test_each_line_shows_the_rate_of_its_day_after_the_rate_has_changed():
    maker, good = maker_with_goods("100.00")
    rate = {"shelf": maker.shelf, "reason": "x", "at": NOW}
    with_money((good, 1))
    FeeRate.objects.create(rate="0.0200", begins_on=NOW.date(), **rate)
    with_money((good, 1))
    FeeRate.objects.create(rate="0.0500", begins_on=NOW.date(), **rate)
    with_money((good, 1))
    shown = [(row.details[0].fee_percent, row.details[0].fee) for row in rows_of(sheet_of(maker))]
    assert shown == [("0.00%", 0), ("2.00%", -2), ("5.00%", -5)]


def test_a_fee_is_posted_shown_per_line_and_given_back_with_the_goods():
    maker, good = maker_with_goods("33.33")
    order = order_for((good, 3))
    Line.objects.filter(order=order).update(fee_rate="0.0250")
    take_money(order)
    line = rows_of(sheet_of(maker))[0].details[0]
    assert (line.fee_percent, line.fee) == ("2.50%", yuan("-2.49"))
    order.refresh_from_db()
    arrived(give_back(order, "50.00"))
    sheet = sheet_of(maker)
    assert sheet.columns["fee"] == yuan("-1.25")
    assert Entry.objects.balances()["fee", 0] == yuan("1.25")
    arrived(give_back(order, "49.99"))
    assert Entry.objects.balances()["fee", 0] == 0
    assert purse(maker).to_send == delivery_of(order) == purse(maker).balance
    assert_it_adds_up(sheet_of(maker))


def test_the_first_of_the_month_closes_the_month_and_nothing_changes_it():
    maker, good = maker_with_goods("20.00")
    order = with_money((good, 2))
    assert close_months(now=NOW) == []
    live = sheet_of(maker)
    nets = [row.net for row in rows_of(live)]
    (statement,) = close_months(now=IN_DECEMBER)
    assert (statement.month, statement.number) == (NOVEMBER, f"JS202611-{maker.pk:04d}")
    assert (statement.closing, statement.goods) == (live.closing, live.goods)
    assert close_months(now=IN_DECEMBER) == []
    before = Statement.objects.values().get()
    arrived(give_back(order, "5.00"))
    late = sheet_of(maker, now=IN_DECEMBER)
    assert late.closing == live.closing
    assert [row.net for row in rows_of(late)] == nets == [order.total_incl_tax]
    assert Statement.objects.values().get() == before


def test_what_is_booked_late_stands_in_the_month_after():
    maker, good = maker_with_goods("20.00")
    order = with_money((good, 2))
    close_months(now=IN_DECEMBER)
    arrived(give_back(order, "5.00"))  # dated in November, known only now
    december = sheet_of(maker, DECEMBER, IN_DECEMBER)
    assert (december.opening, december.columns["refunded"]) == (order.total_incl_tax, -5)
    assert december.closing == read_purse(maker.pk).balance
    assert_it_adds_up(december)


def test_months_without_trade_are_closed_too_and_each_begins_where_the_last_ends():
    order = with_money((maker_with_goods("20.00")[1], 2))
    made = close_months(now=NOW + timedelta(days=100))
    assert [one.month.isoformat()[:7] for one in made] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
    ]
    assert {one.closing for one in made} == {order.total_incl_tax}
    assert [one.opening for one in made] == [0, *[order.total_incl_tax] * 3]


def test_months_that_nobody_has_closed_are_shown_open():
    maker, good = maker_with_goods("20.00")
    order = with_money((good, 2))
    months = read_months(cooperative=maker, now=IN_DECEMBER)
    assert [(one.month, one.number) for one in months] == [(DECEMBER, ""), (NOVEMBER, "")]
    assert [(one.opening, one.closing) for one in months] == [
        (order.total_incl_tax, order.total_incl_tax),
        (0, order.total_incl_tax),
    ]
    assert sheet_of(maker, DECEMBER, IN_DECEMBER).closing == order.total_incl_tax


def test_a_neighbours_money_is_in_neither_list():
    maker, good = maker_with_goods("20.00")
    other, _ = maker_with_goods("20.00")
    with_money((good, 2), ProductFactory(cooperative=other, packs=[("7.00", 9, 500)]))
    assert sheet_of(maker).goods == 40
    assert sheet_of(other).goods == 7
    assert {row.net for row in rows_of(sheet_of(other))} == {sheet_of(other).closing}


def test_a_month_before_the_first_sale_and_one_to_come_are_none():
    maker, good = maker_with_goods()
    with_money(good)
    assert sheet_of(maker, date(2026, 10, 1)) is None
    assert sheet_of(maker, DECEMBER) is None


def test_what_nobody_knows_the_parts_of_stands_as_a_sum():
    maker, good = maker_with_goods("20.00")
    with_money(good)
    goods, market = Place(Account.Kind.COOPERATIVE, maker.pk), Place(Account.Kind.PROMOTION)
    post(event="cancelled:X", reference="X", moves=[Move(goods, market, yuan("3.00"))], at=NOW)
    sheet = sheet_of(maker)
    (detail,) = rows_of(sheet)[-1].details
    assert (detail.net, sheet.columns["refunded"]) == (-3, -3)
    assert_it_adds_up(sheet)


def test_the_database_refuses_sums_that_do_not_lead_to_the_closing_and_a_second_statement():
    with_money((maker_with_goods("0.10")[1], 3))
    (statement,) = close_months(now=IN_DECEMBER)
    rows = Statement.objects.filter(pk=statement.pk)
    for change in (
        {"closing": statement.closing + yuan("0.01")},
        {"month": date(2026, 11, 2)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    statement.pk, statement.number = None, "X"
    with pytest.raises(IntegrityError), transaction.atomic():
        statement.save()


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_the_same_for_any_number(count, django_assert_num_queries):
    maker, good = maker_with_goods("20.00")
    for _ in range(count):
        arrived(give_back(with_money((good, 2)), "5.00"))
    found = list(Posting.objects.order_by("pk"))
    sheet = sheet_of(maker)
    with django_assert_num_queries(5):
        assert len([row.details for row in sheet.rows(found)]) == 2 * count
