"""From the front page to a paid order."""

from django.core import mail
from playwright.sync_api import expect

from marketplace.order.models import Consignment
from marketplace.payment.models import Payment
from tests.journeys import steps


def test_a_visitor_finds_oats_and_pays(page, shop, is_phone):
    page.goto(shop)
    steps.open_shelf_from_home(page, "燕麦")
    steps.choose_facet(page, "北坡石磨坊", phone=is_phone)
    page.locator(".card__title a", has_text="石磨莜面粉").click()
    expect(page.locator("h1")).to_have_text("石磨莜面粉")
    expect(page.locator(".offer__price")).to_contain_text("元/500g")
    steps.put_in_basket(page, phone=is_phone)
    page.locator("#notices .notice__action").click()
    expect(page.locator(".line")).to_have_count(1)
    page.locator(".summary a.button").click()
    steps.fill_recipient(page)
    steps.choose_street(page)
    steps.place_order(page)
    steps.pay(page)
    steps.expect_paid(page)
    order = steps.placed()
    assert order.payment.state == Payment.State.SUCCEEDED
    assert [parcel.state for parcel in order.consignments.all()] == [Consignment.State.PAID]
    assert order.number in "".join(message.body for message in mail.outbox)
    assert {message.to[0] for message in mail.outbox} == {"lilan@example.com"}
    assert steps.no_sideways_scroll(page)


def test_mutton_and_oats_travel_in_two_parcels_and_frozen_goods_are_confirmed(page, shop, is_phone):
    page.goto(f"{shop}/shop/search/?q=yangroujuan")
    page.locator(".card__title a", has_text="羔羊肉卷").first.click()
    steps.put_in_basket(page, phone=is_phone)
    page.goto(f"{shop}/shop/search/?q=yanmaipian")
    page.locator(".card__title a").first.click()
    steps.put_in_basket(page, phone=is_phone)
    page.goto(f"{shop}/shop/checkout/")
    steps.fill_recipient(page)
    steps.choose_street(page)
    steps.place_order(page)
    expect(page.locator(".confirm-row--missing")).to_have_count(1)
    assert not steps.placed_orders().exists()
    expect(page.locator("[name=recipient]")).to_have_value("李岚")
    page.locator(".confirm-row input").check()
    page.get_by_label(steps.words("WeChat Pay")).check()
    steps.place_order(page)
    steps.pay(page)
    steps.expect_paid(page, parcels=2)
    order = steps.placed()
    assert order.shipping_incl_tax == 16
    assert order.payment.method == "wechat_pay"


def test_a_declined_payment_can_be_tried_again(page, shop, is_phone):
    page.goto(f"{shop}/shop/search/?q=莜面粉")
    page.locator(".card__title a").first.click()
    steps.put_in_basket(page, phone=is_phone)
    page.goto(f"{shop}/shop/checkout/")
    steps.fill_recipient(page)
    steps.choose_street(page)
    page.get_by_label(steps.words("Bank card")).check()
    steps.place_order(page)
    steps.pay(page, "被拒绝")
    expect(page.locator(".summary .pay button")).to_be_visible()
    page.locator(".summary .pay button").click()
    steps.pay(page)
    steps.expect_paid(page)
    assert steps.payment().state == Payment.State.SUCCEEDED


def test_buying_in_english(page, shop, is_phone):
    page.goto(f"{shop}/en/shop/search/?q=oat")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".card__title a", has_text="Stone-milled oat flour").click()
    steps.put_in_basket(page, phone=is_phone, language="en")
    page.locator("#notices .notice__action").click()
    expect(page.locator("h1")).to_have_text("Basket")
    page.locator(".summary a.button").click()
    steps.fill_recipient(page, "en")
    steps.choose_street(page)
    steps.place_order(page)
    page.get_by_role("button", name="succeeds").or_(
        page.get_by_role("button", name="付款成功")
    ).click()
    expect(page.locator(".parcel")).to_have_count(1)
    assert steps.placed().language == "en"
    assert steps.payment().state == Payment.State.SUCCEEDED
    assert "/en/" in page.url
