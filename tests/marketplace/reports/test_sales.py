"""What a batch freezes of sales: whose money came when, and what of it had gone back."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from marketplace.ledger.models import Account, Entry
from marketplace.order.models import Order
from marketplace.payment import posting
from marketplace.payment.models import Payment, Refund
from marketplace.payment.refunds.sending import end, hold_refund
from marketplace.reports.models import SalesCell
from marketplace.reports.sales import freeze_sales
from tests.factories import CooperativeFactory, ProductFactory, specialty
from tests.factories.offers import voucher_of
from tests.factories.reports import NOVEMBER, batch_of
from tests.marketplace.buying import NOW, basket_with, place, purchase_of
from tests.marketplace.dashboard.money import failed, give_back, with_money
from tests.marketplace.reports.counting import frozen, recount

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")
END = datetime(2026, 12, 1, tzinfo=BEIJING)
MINUTE = timedelta(minutes=1)


def sold_at(moment: datetime, *wanted) -> Order:
    order = with_money(*wanted)
    Payment.objects.filter(order=order).update(settled_at=moment)
    return order


def arrived(refund: Refund, at: datetime) -> Refund:
    held = hold_refund(refund.pk)
    end(held, Refund.State.SUCCEEDED, at)
    posting.post_refund(held)
    return held


def figures(cutoff: datetime = END, month: date = NOVEMBER) -> list[tuple]:
    """Month, sold and refunded of each cell of a new batch."""
    batch = batch_of(month, cutoff=cutoff)
    assert freeze_sales(batch=batch) == SalesCell.objects.of_batch(batch).count()
    cells = SalesCell.objects.of_batch(batch).order_by("month", "cooperative", "specialty")
    return list(cells.values_list("month", "sold", "refunded"))


def flour(price: str = "18.00", **about):
    return ProductFactory(packs=[(price, 99, 1000)], **about)


def test_a_cell_is_of_one_cooperative_county_specialty_channel_and_month():
    maker = CooperativeFactory()
    oat, quinoa = flour(cooperative=maker), flour("7.77", specialty=specialty("quinoa", "藜麦"))
    with_money((oat, 2), (quinoa, 1))
    with_money((oat, 1))
    batch = batch_of(cutoff=END)
    assert freeze_sales(batch=batch) == 2
    cell = SalesCell.objects.get(cooperative=maker)
    assert (cell.county, cell.specialty, cell.channel) == (maker.county, oat.specialty, "online")
    assert (cell.month, cell.sold, cell.refunded) == (NOVEMBER, Decimal("54.00"), 0)


def test_delivery_is_no_sale():
    order = with_money((flour(), 1))
    assert order.shipping_incl_tax > 0
    assert figures() == [(NOVEMBER, Decimal("18.00"), 0)]


def test_months_are_those_of_beijing_in_which_the_money_came():
    goods = flour()
    first = datetime(2026, 11, 1, tzinfo=BEIJING)
    for moment in (first, first - timedelta(microseconds=1)):
        sold_at(moment, goods)
    assert figures() == [(date(2026, 10, 1), 18, 0), (NOVEMBER, 18, 0)]


def test_a_batch_restates_its_year_and_the_one_before_and_nothing_else():
    goods = flour()
    for month in ((2024, 12, 31), (2025, 1, 1), (2026, 1, 5), (2026, 11, 30), (2026, 12, 1)):
        sold_at(datetime(*month, 12, tzinfo=BEIJING), goods)
    known = figures(cutoff=END + timedelta(days=40))
    assert [month for month, *_ in known] == [date(2025, 1, 1), date(2026, 1, 1), NOVEMBER]


def test_what_came_at_the_cutoff_or_later_or_too_late_or_not_at_all_is_not_counted():
    goods = flour()
    sold_at(NOW - MINUTE, (goods, 3))
    sold_at(NOW, goods)
    late, waiting = sold_at(NOW - MINUTE, goods), sold_at(NOW - MINUTE, goods)
    Payment.objects.filter(order=late).update(state="late")
    Payment.objects.filter(order=waiting).update(state="waiting", settled_at=None)
    assert figures(cutoff=NOW) == [(NOVEMBER, 54, 0)]


def test_a_refund_counts_in_the_month_of_the_sale_once_it_has_arrived():
    order = sold_at(datetime(2026, 10, 9, tzinfo=BEIJING), (flour(), 2))
    refund = give_back(order, "5.00")
    give_back(order, "1.00", "on its way")
    arrived(refund, NOW)
    october = date(2026, 10, 1)
    assert figures(cutoff=NOW) == [(october, 36, 0)]
    assert figures(cutoff=NOW + MINUTE) == [(october, 36, 5)]


def test_an_old_batch_still_counts_a_refund_that_came_back_later():
    refund = arrived(give_back(with_money((flour(), 2)), "5.00"), NOW)
    old = batch_of(cutoff=NOW + MINUTE)
    freeze_sales(batch=old)
    before = frozen(old)
    failed(refund, NOW + 2 * MINUTE)
    freeze_sales(batch=old)
    assert frozen(old) == before
    assert figures(cutoff=NOW + MINUTE) == [(NOVEMBER, 36, 5)]
    assert figures(cutoff=NOW + 3 * MINUTE) == [(NOVEMBER, 36, 0)]


def test_a_good_that_is_moved_to_another_specialty_leaves_old_sales_where_they_were():
    goods = flour()
    with_money(goods)
    goods.specialty = specialty("quinoa", "藜麦")
    goods.save()
    with_money(goods)
    batch = batch_of(cutoff=END)
    freeze_sales(batch=batch)
    cells = SalesCell.objects.values_list("specialty__slug", "sold").order_by("specialty__slug")
    assert list(cells) == [("oat", 18), ("quinoa", 18)]


def test_a_line_of_before_counts_as_what_its_good_is_today():
    order = with_money(flour(specialty=specialty("quinoa", "藜麦")))
    order.lines.update(specialty=None)
    assert figures() == [(NOVEMBER, 18, 0)]
    assert SalesCell.objects.get().specialty.slug == "quinoa"


def test_a_line_keeps_its_specialty_when_its_good_is_gone():
    order = with_money(flour())
    order.lines.update(product=None)
    assert figures() == [(NOVEMBER, 18, 0)]


def test_freezing_twice_gives_the_same_cells_and_leaves_other_batches_alone():
    order = with_money((flour(), 2), flour("33.33"))
    other, batch = batch_of(cutoff=NOW + MINUTE), batch_of(cutoff=END)
    freeze_sales(batch=other)
    kept = set(SalesCell.objects.values_list("pk", flat=True))
    arrived(give_back(order, "5.00"), NOW + 2 * MINUTE)
    freeze_sales(batch=batch)
    once = frozen(batch)
    assert freeze_sales(batch=batch) == 2
    assert frozen(batch) == once == recount()
    assert kept == set(SalesCell.objects.of_batch(other).values_list("pk", flat=True))


def test_goods_that_cost_nothing_make_no_cell():
    order = with_money(flour(), flour("30.00"))
    order.lines.filter(line_price_incl_tax=18).update(line_price_incl_tax=0)
    assert figures() == [(NOVEMBER, 30, 0)]


@pytest.mark.parametrize("orders", [1, 3])
def test_freezing_asks_the_same_number_of_queries_for_any_number_of_orders(
    orders, django_assert_num_queries
):
    goods = [flour(), flour("30.00", specialty=specialty("quinoa", "藜麦"))]
    for _ in range(orders):
        give_back(with_money(*goods))
    batch = batch_of(cutoff=END)
    with django_assert_num_queries(7):  # savepoint, lock, two sums, delete, insert, release
        freeze_sales(batch=batch)


def test_sales_less_refunds_with_the_markets_part_are_what_the_ledger_holds_for_goods():
    goods = flour()
    voucher_of("MARKET", off="5.01")
    basket = basket_with((goods, 3))
    order = place(basket, purchase_of(basket, voucher_code="MARKET"))
    payment = Payment.objects.create(
        order=order,
        amount=order.total_incl_tax,
        intent_id="pi_1",
        state=Payment.State.SUCCEEDED,
        settled_at=NOW,
    )
    posting.post_payment(payment)
    with_money((goods, 2))
    arrived(give_back(order, "7.77"), NOW + MINUTE)
    [(_month, sold, refunded)] = figures()
    held = Entry.objects.balances()
    promotion = -held[Account.Kind.PROMOTION, 0]
    assert sold - refunded + promotion == held[Account.Kind.COOPERATIVE, goods.cooperative_id]
    assert refunded == Decimal("7.77")
