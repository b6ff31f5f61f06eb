"""Everything that matters works without script, only less smoothly."""

import pytest
from playwright.sync_api import expect

from marketplace.payment.models import Payment
from tests.journeys import steps


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False}


def test_a_visitor_without_script_filters_buys_and_pays(page, shop, is_phone):
    page.goto(f"{shop}/shop/?specialty=oat")
    if is_phone:
        page.locator("#filters-open").click()
    page.locator("#facets .facet", has_text="武川县").locator("input").check()
    page.locator(".facets__foot .button").click()
    expect(page.locator(".results .chips")).to_contain_text("武川县")
    page.locator(".card__title a", has_text="石磨莜面粉").click()
    area = page.locator(".buybar" if is_phone else ".offer__actions")
    area.get_by_role("button", name=steps.words("Put in the basket")).click()
    expect(page.locator(".line")).to_have_count(1)
    page.locator(".summary a.button").click()
    steps.fill_recipient(page)
    page.get_by_role("button", name=steps.words("Show the next list")).click()
    page.locator("[name=street]").select_option("110108011")
    expect(page.locator("[name=recipient]")).to_have_value("李岚")
    steps.place_order(page)
    steps.pay(page)
    steps.expect_paid(page)
    assert steps.payment().state == Payment.State.SUCCEEDED


def test_with_real_keys_the_pay_page_leads_to_alipay_without_script(page, shop, settings, is_phone):
    settings.DEMO_PAYMENT_SERVER = False
    settings.STRIPE_PUBLISHABLE_KEY = "pk_test_journeys"
    page.goto(f"{shop}/shop/search/?q=莜面粉")
    page.locator(".card__title a").first.click()
    area = page.locator(".buybar" if is_phone else ".offer__actions")
    area.get_by_role("button", name=steps.words("Put in the basket")).click()
    page.goto(f"{shop}/shop/checkout/")
    steps.fill_recipient(page)
    page.get_by_role("button", name=steps.words("Show the next list")).click()
    page.locator("[name=street]").select_option("110108011")
    steps.place_order(page)
    page.wait_for_url("**/pay/?method=alipay")
    expect(page.get_by_label(steps.words("Alipay"))).to_be_checked()
    page.locator("button[form=pay-form]").click()
    steps.pay(page)
    steps.expect_paid(page)
    assert steps.payment().method == "alipay"
