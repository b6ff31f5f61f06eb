"""Orders over several cooperatives: where they go, what they cost, and how they end unpaid."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from marketplace.accounts.models import User
from marketplace.basket.models import Basket
from marketplace.order.models import Order
from tests.journeys import steps

YANQING = "110119"


def order_and_leave_unpaid(page, shop: str) -> Order:
    """From a basket of two cooperatives, ambient and frozen, to the order that waits."""
    page.goto(f"{shop}/shop/checkout/")
    steps.fill_recipient(page)
    steps.choose_street(page)
    for consent in page.locator(".confirm-row input").all():
        consent.check()
    steps.place_order(page)
    steps.pay(page, "被拒绝")
    expect(page.locator("h1")).to_contain_text("待付款")
    return steps.placed()


def test_an_order_of_two_cooperatives_waits_is_cancelled_and_bought_again(page, shop, is_phone):
    steps.add(page, shop, "石磨莜面粉", phone=is_phone)
    steps.add(page, shop, "羔羊肉卷", phone=is_phone)
    order = order_and_leave_unpaid(page, shop)
    expect(page.locator(".parcel")).to_have_count(2)
    parcels = order.consignments.values_list("storage", "state").order_by("pk")
    assert list(parcels) == [("ambient", "awaiting_payment"), ("frozen", "awaiting_payment")]
    assert all(parcel.promised_on for parcel in order.consignments.all())
    assert steps.allocated() == 2
    page.locator(".cancel summary").click()
    page.get_by_role("button", name=steps.words("Yes, cancel it")).click()
    expect(page.locator("h1")).to_contain_text("取消")
    assert set(order.consignments.values_list("state", flat=True)) == {"cancelled"}
    assert steps.allocated() == 0
    page.get_by_role("button", name=steps.words("Buy the same again")).click()
    expect(page.locator(".line")).to_have_count(2)
    assert steps.no_sideways_scroll(page)


def test_an_order_that_waited_too_long_is_expired_and_its_goods_are_free(page, shop, is_phone):
    steps.add(page, shop, "石磨莜面粉", phone=is_phone)
    order = order_and_leave_unpaid(page, shop)
    late = timezone.now() - timedelta(minutes=1)
    Order.objects.filter(pk=order.pk).update(held_until=late)
    page.reload()
    expect(page.locator("h1")).to_contain_text("过期")
    expect(page.locator(".pay")).to_have_count(0)
    call_command("expire_orders", verbosity=0)
    assert order.consignments.get().state == "expired"
    assert steps.allocated() == 0
    page.reload()
    expect(page.get_by_role("button", name=steps.words("Buy the same again"))).to_be_visible()


def test_chilled_goods_are_refused_for_yanqing_with_the_reason(page, shop, is_phone):
    steps.add(page, shop, "冷鲜莜面窝窝", phone=is_phone)
    page.goto(f"{shop}/shop/checkout/")
    steps.fill_recipient(page)
    page.locator("[name=district]").select_option(YANQING)
    expect(page.locator("main")).to_contain_text("送不到")
    expect(page.locator(".summary button[form=confirm]")).to_be_disabled()
    expect(page.locator("[name=recipient]")).to_have_value("李岚")
    assert not steps.placed_orders().exists()
    page.locator("[name=district]").select_option("110108")
    steps.choose_street(page)
    page.locator(".confirm-row input").check()
    steps.place_order(page)
    steps.pay(page)
    steps.expect_paid(page)


def test_signing_in_lays_both_baskets_together_and_a_voucher_lowers_the_sum(page, shop, is_phone):
    steps.add(page, shop, "羔羊肋排", phone=is_phone)
    steps.sign_in(page, shop)
    steps.add(page, shop, "石磨莜面粉", phone=is_phone)
    steps.sign_out(page, shop)
    steps.add(page, shop, "羔羊肉卷", phone=is_phone)
    steps.sign_in(page, shop)
    page.goto(f"{shop}/shop/basket/")
    expect(page.locator(".merged")).to_contain_text("羔羊肉卷")
    expect(page.locator(".line")).to_have_count(3)
    assert Basket.objects.filter(status="Open", lines__isnull=False).distinct().count() == 1
    page.locator(".voucher summary").click()
    page.locator("#voucher-code").fill("ysj20")
    page.locator(".voucher__form button").click()
    expect(page.locator(".summary")).to_contain_text("−¥20.00")
    page.locator(".summary a.button").click()
    steps.fill_recipient(page)
    steps.choose_street(page)
    for consent in page.locator(".confirm-row input").all():
        consent.check()
    steps.place_order(page)
    steps.pay(page)
    steps.expect_paid(page, parcels=2)
    order = steps.placed()
    assert order.user == User.objects.get(email="consumer@example.com")
    assert sum(discount.amount for discount in order.discounts.all()) == 20
    goods = sum(line.line_price_incl_tax for line in order.lines.all())
    assert order.total_incl_tax == goods + order.shipping_incl_tax
    page.goto(f"{shop}/account/orders/")
    expect(page.locator("main")).to_contain_text(order.number)
