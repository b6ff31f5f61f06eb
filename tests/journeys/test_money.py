"""Paying when the network does what it likes, and money that goes back."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from marketplace.ledger.models import Entry
from marketplace.order.links import order_url, sign
from marketplace.order.models import Order
from marketplace.outbox.models import Message
from marketplace.payment.models import Payment, Refund, StripeEvent
from tests.journeys import steps


@pytest.fixture
def paying(page, shop, is_phone):
    """At the payment page with a pack of oat flour; the order that waits."""
    steps.add(page, shop, "石磨莜面粉", phone=is_phone)
    steps.order_at_once(page, shop)
    expect(page.get_by_text("演示付款页")).to_be_visible()
    return steps.placed()


def assert_paid_once(order: Order) -> None:
    """One payment, one mail, and a ledger that says so."""
    payment = Payment.objects.get(order=order)
    assert payment.state == Payment.State.SUCCEEDED
    balances = Entry.objects.about(order.number).balances()
    assert balances["buyers", 0] == -order.total_incl_tax
    assert sum(balances.values()) == 0
    assert Message.objects.filter(event=f"order_paid:{order.number}").count() == 1
    assert [parcel.state for parcel in order.consignments.all()] == ["paid"]


def pay_elsewhere(page, stripe, choice: str = "succeed") -> None:
    """On another device; this browser stays where it is."""
    stripe.choose(page.url, choice)


def wait_for(page, shown: Order, words: str) -> None:
    """Look at the order's page until it says so."""
    page.goto(order_url(shown))
    expect(page.locator("h1")).to_contain_text(words)


def test_wechat_pay_asks_for_confirmation_and_is_paid(page, shop, is_phone):
    steps.add(page, shop, "石磨莜面粉", phone=is_phone)
    steps.order_at_once(page, shop, "WeChat Pay")
    steps.pay(page, "需要确认")
    expect(page.get_by_role("heading", name="请确认这笔付款")).to_be_visible()
    page.get_by_role("button", name="确认付款").click()
    steps.expect_paid(page)
    expect(page.locator(".summary")).to_contain_text("微信支付")
    assert_paid_once(steps.placed())
    assert steps.no_sideways_scroll(page)


def test_alipay_is_paid_once_though_every_message_comes_twice(page, paying, stripe):
    stripe.switch(repeat=1)
    steps.pay(page)
    steps.expect_paid(page)
    stripe.wait_until_sent()
    assert_paid_once(paying)
    assert StripeEvent.objects.filter(kind="payment_intent.succeeded").count() == 1


def test_a_message_that_comes_ten_minutes_later_changes_nothing(page, paying, stripe):
    stripe.switch(delay=600)
    steps.pay(page)
    steps.expect_paid(page)
    assert not StripeEvent.objects.exists()
    stripe.switch(delay=-600)
    stripe.wait_until_sent()
    assert StripeEvent.objects.filter(handled_at__isnull=False).exists()
    assert_paid_once(paying)


def test_a_message_that_is_faster_than_the_buyer_pays_the_order(page, paying, stripe):
    pay_elsewhere(page, stripe)
    stripe.wait_until_sent()
    assert_paid_once(paying)
    page.get_by_role("button", name="付款成功").click()
    page.get_by_role("link", name="回店里看订单").or_(page.locator(".parcel")).first.click()
    steps.expect_paid(page)
    assert_paid_once(paying)


def test_an_order_of_which_nobody_ever_told_us_is_found_by_comparing(page, paying, stripe, capsys):
    stripe.switch(lose=True)
    pay_elsewhere(page, stripe)
    page.goto(order_url(paying))
    expect(page.locator("h1")).to_contain_text("待付款")
    call_command("reconcile_payments")
    assert "1 made good" in capsys.readouterr().out
    wait_for(page, paying, "已付款")
    assert_paid_once(paying)
    call_command("reconcile_payments")
    assert "0 made good" in capsys.readouterr().out


def test_with_the_payment_service_down_the_order_stays_and_is_paid_later(
    page, shop, stripe, is_phone
):
    steps.add(page, shop, "石磨莜面粉", phone=is_phone)
    stripe.switch(down=True)
    steps.order_at_once(page, shop)
    expect(page.locator(".order-notice")).to_contain_text("连不上付款服务")
    stripe.switch(down=False)
    page.locator(".summary .pay button").click()
    steps.pay(page)
    steps.expect_paid(page)
    assert_paid_once(steps.placed())


def test_with_the_payment_service_down_on_the_way_back_the_payment_is_found_afterwards(
    page, paying, stripe
):
    stripe.switch(lose=True)
    pay_elsewhere(page, stripe)
    stripe.switch(down=True)
    back = reverse("payment:return", args=[sign(paying)])
    page.goto(settings.SITE_URL + back)
    expect(page.locator("main")).to_contain_text("连不上")
    assert steps.payment().state == Payment.State.WAITING
    stripe.switch(down=False)
    steps.expect_paid(page)  # the page asks again by itself
    assert_paid_once(paying)


def test_an_order_cancelled_in_another_window_cannot_be_paid(page, paying, context):
    other = context.new_page()
    other.goto(order_url(paying))
    other.locator(".cancel summary").click()
    other.get_by_role("button", name=steps.words("Yes, cancel it")).click()
    expect(other.locator("h1")).to_contain_text("取消")
    page.get_by_role("button", name="付款成功").click()
    expect(page.locator("h1")).to_contain_text("取消")
    assert steps.payment().state == Payment.State.CANCELLED
    assert not Entry.objects.about(paying.number).exists()
    assert steps.allocated() == 0


def test_an_order_paid_in_another_window_is_not_cancelled_by_surprise(
    page, paying, stripe, context
):
    other = context.new_page()
    other.goto(order_url(paying))
    pay_elsewhere(page, stripe)
    other.locator(".cancel summary").click()
    other.get_by_role("button", name=steps.words("Yes, cancel it")).click()
    steps.expect_paid(other)
    expect(other.locator(".order-notice")).to_contain_text("已经付款")
    other.locator(".cancel summary").click()
    other.get_by_role("button", name=steps.words("Yes, cancel it")).click()
    expect(other.locator("h1")).to_contain_text("取消")
    assert Refund.objects.get().amount == paying.total_incl_tax
    assert steps.no_sideways_scroll(other)


def test_one_line_of_three_is_refunded_and_both_sides_see_it(page, shop, stripe, is_phone):
    for name in ("石磨莜面粉", "羔羊肉卷", "羔羊肋排"):
        steps.add(page, shop, name, phone=is_phone)
    steps.order_at_once(page, shop, "Bank card")
    steps.pay(page)
    steps.expect_paid(page, parcels=2)
    order = steps.placed()
    line = order.lines.get(title__startswith="羔羊肋排")
    steps.sign_in(page, shop, "operator@example.com")
    page.goto(f"{shop}/dashboard/orders/{order.number}/")
    page.get_by_role("link", name=steps.words("Give money back")).click()
    page.locator(f"[name=line-{line.pk}]").fill("1000000")
    page.locator("[name=reason]").fill("少发一包")
    page.get_by_role("button", name=steps.words("On to the sum")).click()
    expect(page.locator(".field__error")).to_be_visible()
    assert not Refund.objects.exists()
    page.locator(f"[name=line-{line.pk}]").fill(str(line.line_price_incl_tax))
    page.get_by_role("button", name=steps.words("On to the sum")).click()
    give = steps.words("Give ¥%(amount)s back", amount=f"{line.line_price_incl_tax:,.2f}")
    page.get_by_role("button", name=give).click()
    expect(page.locator("main")).to_contain_text("少发一包")
    assert steps.no_sideways_scroll(page)
    refund = Refund.objects.get()
    assert (refund.state, refund.amount) == ("succeeded", line.line_price_incl_tax)
    page.goto(order_url(order))
    expect(page.locator(".summary")).to_contain_text("已退款")
    expect(page.locator(".summary")).to_contain_text("少发一包")
    balances = Entry.objects.about(order.number).balances()
    assert balances["buyers", 0] == refund.amount - order.total_incl_tax
    assert sum(balances.values()) == Decimal(0)
