"""The pay page of real keys in a browser; a stub stands where Stripe's script would."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from marketplace.order.links import sign
from marketplace.order.models import Order
from marketplace.payment.models import Payment
from tests.journeys import steps
from tests.journeys.test_looking import serious_findings

STUB = Path(__file__).with_name("stripe_stub.js")
STRIPE_JS = "https://js.stripe.com/**"
BUTTON = "button[form=pay-form]"
PROBLEM = "#pay-problem"
PLACE = "#pay-element"


@pytest.fixture
def real_shop(shop, settings) -> str:
    settings.DEMO_PAYMENT_SERVER = False
    settings.STRIPE_PUBLISHABLE_KEY = "pk_test_journeys"
    return shop


@pytest.fixture
def complaints(page) -> list[str]:
    """What the browser says of policies that were broken, and of faults in scripts."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def order_one(page, shop: str, phone: bool, method: str = "WeChat Pay") -> Order:
    """From the shelf to where the order is to be paid."""
    page.goto(f"{shop}/shop/search/?q=莜面粉")
    page.locator(".card__title a").first.click()
    steps.put_in_basket(page, phone=phone)
    page.goto(f"{shop}/shop/checkout/")
    steps.fill_recipient(page)
    steps.choose_street(page)
    page.get_by_label(steps.words(method)).check()
    steps.place_order(page)
    page.wait_for_url("**/pay/?method=*")
    return steps.placed()


def fulfil(page) -> None:
    page.route(STRIPE_JS, lambda route: route.fulfill(path=STUB, content_type="text/javascript"))


@pytest.mark.screens
def test_payment_element_is_mounted_and_confirmed_with_the_way_back(
    page, real_shop, is_phone, complaints
):
    fulfil(page)
    order = order_one(page, real_shop, is_phone)
    expect(page.locator(BUTTON)).to_be_enabled()
    expect(page.locator(".paying__away")).to_be_hidden()
    told = page.evaluate("window.told")
    assert told["stripe"] == {"key": "pk_test_journeys", "locale": "zh"}
    assert told["place"] == PLACE
    assert told["elements"]["clientSecret"].startswith(order.payment.intent_id)
    assert told["elements"]["appearance"]["variables"]["colorPrimary"] == "#2c6a4b"
    assert told["element"]["type"] == "payment"
    assert told["element"]["paymentMethodOrder"] == ["wechat_pay", "alipay", "card"]
    assert serious_findings(page) == []
    assert steps.no_sideways_scroll(page)
    page.locator(BUTTON).click()
    expect(page.locator(BUTTON)).to_be_disabled()
    page.evaluate("window.finish()")
    page.wait_for_url("**/return/?redirect_status=succeeded")
    expect(page.locator("#waiting")).to_be_visible()
    assert steps.no_sideways_scroll(page)
    assert complaints == []


@pytest.mark.screens
def test_what_went_wrong_stands_beside_the_field_and_it_can_be_tried_again(
    page, real_shop, is_phone
):
    fulfil(page)
    order_one(page, real_shop, is_phone, "Bank card")
    expect(page.locator(BUTTON)).to_be_enabled()
    label = page.locator(BUTTON).text_content()
    page.evaluate("window.answers = [{type: 'card_error', message: '您的卡被拒绝了。'}]")
    page.locator(BUTTON).click()
    page.evaluate("window.finish()")
    expect(page.locator(PROBLEM)).to_have_text("您的卡被拒绝了。")
    expect(page.locator(BUTTON)).to_be_enabled()
    expect(page.locator(BUTTON)).to_have_text(label)
    expect(page.locator(PLACE)).to_have_text("Payment Element")
    page.evaluate("window.answers = [{type: 'api_error', message: 'Internal.'}]")
    page.locator(BUTTON).click()
    expect(page.locator(PROBLEM)).to_be_hidden()
    page.evaluate("window.finish()")
    expect(page.locator(PROBLEM)).to_be_visible()
    expect(page.locator(PROBLEM)).not_to_contain_text("Internal")
    assert len(page.evaluate("window.told.confirmed")) == 2


def test_an_intent_that_was_paid_elsewhere_leads_to_the_order(page, real_shop, is_phone):
    fulfil(page)
    order_one(page, real_shop, is_phone)
    expect(page.locator(BUTTON)).to_be_enabled()
    spent = "{type: 'invalid_request_error', payment_intent: {status: 'succeeded'}}"
    page.evaluate(f"window.answers = [{spent}]")
    page.locator(BUTTON).click()
    page.evaluate("window.finish()")
    page.wait_for_url("**/return/")


def test_where_stripes_script_does_not_come_the_same_button_goes_the_redirect_way(
    page, real_shop, is_phone
):
    page.route(STRIPE_JS, lambda route: route.abort())
    order_one(page, real_shop, is_phone)
    expect(page.locator(".paying__failed")).to_be_visible()
    expect(page.locator(PLACE)).to_be_hidden()
    expect(page.get_by_label(steps.words("WeChat Pay"))).to_be_checked()
    page.locator(BUTTON).click()
    steps.pay(page)
    steps.expect_paid(page)
    assert steps.payment().state == Payment.State.SUCCEEDED


@pytest.mark.screens
def test_the_minutes_left_are_counted_down(page, real_shop, is_phone):
    fulfil(page)
    page.clock.install()
    order_one(page, real_shop, is_phone)
    left = page.locator("[data-hold-left]")
    expect(left).to_contain_text("30")
    page.clock.fast_forward("12:30")
    expect(left).to_contain_text("18")


def test_the_return_page_opens_the_order_by_itself_when_the_money_has_come(page, shop, is_phone):
    page.goto(f"{shop}/shop/search/?q=莜面粉")
    page.locator(".card__title a").first.click()
    steps.put_in_basket(page, phone=is_phone)
    page.goto(f"{shop}/shop/checkout/")
    steps.fill_recipient(page)
    steps.choose_street(page)
    steps.place_order(page)
    expect(page.get_by_text("演示付款页")).to_be_visible()
    elsewhere = page.context.new_page()
    elsewhere.goto(page.url)
    page.goto(come_back(shop))
    expect(page.locator("#waiting .is-done")).to_have_count(0)
    assert serious_findings(page) == []
    elsewhere.get_by_role("button", name="付款成功").click()
    steps.expect_paid(page)


def come_back(shop: str) -> str:
    return shop + reverse("payment:return", args=[sign(steps.placed())])
