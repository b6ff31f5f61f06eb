"""The money on an order's page: how it was paid, what went back, what the ledger has."""

import re

import pytest

from marketplace.order.models import Consignment
from marketplace.payment.models import Payment
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import order_for
from tests.marketplace.dashboard.money import arrived, failed, give_back, with_money
from tests.marketplace.dashboard.test_orders_list import paid

pytestmark = pytest.mark.django_db


def page_of(office, order) -> str:
    return office.get(f"/en/dashboard/orders/{order.number}/").content.decode()


def test_a_payment_says_its_method_sum_moment_and_name_at_stripe(office):
    order = with_money()
    page = page_of(office, order)
    for words in (f"¥{order.total_incl_tax:,.2f}", "Alipay", "Succeeded", f"pi_{order.number}"):
        assert words in page
    assert "23 November 2026 09:30" in page
    assert f"/en/dashboard/orders/{order.number}/refund/" in page


def test_an_order_nobody_has_begun_to_pay_says_so(office):
    page = page_of(office, order_for())
    assert "has not begun to pay" in page
    assert "/refund/" not in page
    assert "Ledger" not in page


def test_each_refund_says_state_sum_what_for_who_why_and_when(office, operator):
    mill = CooperativeFactory(short_name_en="North Slope")
    order = with_money(
        ProductFactory(title_en="Flour", cooperative=mill, packs=[("30.00", 9, 1000)])
    )
    arrived(give_back(order, "12.00", by=operator))
    page = page_of(office, order)
    section = page[page.index('class="refunds"') :]
    for words in ("¥12.00", "Refunded", "Flour", "operator", "少了一袋", "23 November 2026 09:30"):
        assert words in section
    assert "Goods or delivery" in section


def test_a_failed_refund_says_what_the_bank_said_and_can_be_tried_again(office):
    order = with_money()
    refund = failed(give_back(order))
    page = page_of(office, order)
    assert "charge_expired" in page
    assert f'action="/en/dashboard/payments/refunds/{refund.pk}/again/"' in page


def test_the_ledger_shows_each_account_and_sums_to_nothing(office):
    mill = CooperativeFactory(short_name_en="North Slope")
    order = with_money(ProductFactory(cooperative=mill, packs=[("30.00", 9, 1000)]))
    arrived(give_back(order, "12.00"))
    page = page_of(office, order)
    ledger = re.sub(r"<[^>]+>", " ", page[page.index("Ledger") :])
    fee = order.consignments.get().fee
    assert f"Buyers −¥{18 + fee:.2f}" in re.sub(r"\s+", " ", ledger)
    assert "Cooperative, goods · North Slope +¥18.00" in re.sub(r"\s+", " ", ledger)
    assert "Together ¥0.00" in re.sub(r"\s+", " ", ledger)


@pytest.mark.parametrize("count", [1, 3])
def test_refunds_and_entries_cost_the_same_for_any_number(
    office, count, django_assert_max_num_queries
):
    products = [ProductFactory(cooperative=CooperativeFactory()) for _ in range(count)]
    order = with_money(*products)
    for place in range(count):
        arrived(give_back(order, "1.00", token=f"token-{place}"))
    page_of(office, order)
    with django_assert_max_num_queries(10):
        page_of(office, order)


def test_money_that_came_too_late_offers_no_refund(office):
    order = with_money()
    Payment.objects.update(state="late")
    page = page_of(office, order)
    assert "Came too late" in page
    assert "/refund/" not in page


def test_an_order_paid_without_a_payment_stays_readable(office):
    order = paid()
    Consignment.objects.update(state="packed")
    assert "has not begun to pay" in page_of(office, order)
