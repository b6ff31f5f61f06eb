"""Finding, reading, and the settings of the page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from catalog.models import Product
from tests.journeys.conftest import on_a_phone
from tests.journeys.steps import no_sideways_scroll, words

SERIOUS = {"serious", "critical"}
PUBLIC = ["/", "/shop/", "/shop/search/?q=燕麦", "/cooperatives/", "/cooperatives/shujiao/", "/en/"]
PUBLIC += ["/impact/", "/en/impact/"]


def serious_findings(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['html'][:120]}"
        for rule in found
        if rule["impact"] in SERIOUS
    ]


def path_of(title: str) -> str:
    return Product.objects.get(title=title, structure="parent").get_absolute_url()


def open_search(page, phone: bool) -> None:
    if phone:
        page.locator("[data-search-open]").click()


def test_search_finds_oats_however_they_are_typed(page, site, is_phone):
    for typed in ("yanmai", "ym", "燕麦", "ＹＡＮＭＡＩ", "燕麥"):
        page.goto(f"{site}/shop/")
        open_search(page, is_phone)
        page.locator("#search-input").fill(typed)
        page.keyboard.press("Enter")
        page.wait_for_url("**/shop/search/**")
        expect(page.locator(".results .card__title", has_text="燕麦").first).to_be_visible()


def test_suggestions_come_while_typing_and_lead_to_the_good(page, site, is_phone):
    page.goto(f"{site}/shop/")
    open_search(page, is_phone)
    page.locator("#search-input").press_sequentially("xiaoxiangmi", delay=20)
    page.locator("#suggestions [role=option]", has_text="小香米").first.click()
    expect(page.locator("h1")).to_contain_text("小香米")


def test_a_search_without_result_helps_on(page, site):
    page.goto(f"{site}/shop/search/?q=榴莲披萨")
    expect(page.locator(".results")).to_contain_text("榴莲披萨")
    page.locator(".results a[href*='/shop/']").first.click()
    expect(page.locator(".card, .offer").first).to_be_visible()


def test_who_grew_it_is_one_click_from_the_good(page, site):
    page.goto(site + path_of("武川土豆（黄心鲜食）"))
    page.get_by_role("link", name=words("Who they are, what they sell")).click()
    expect(page.locator("h1")).to_contain_text("（虚构）")
    expect(page.locator("main")).to_contain_text("订单收购")


@pytest.mark.screens
def test_large_print_is_kept_on_every_page(page, site, is_phone):
    page.goto(f"{site}/shop/")
    page.locator(f"{'.header__tools' if is_phone else '.strip'} a[href*='large-print']").click()
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    expect(page.locator("html")).to_have_class("large")
    assert page.evaluate(size) >= 20
    page.goto(f"{site}/cooperatives/")
    assert page.evaluate(size) >= 20
    assert no_sideways_scroll(page)


@pytest.mark.screens
def test_public_pages_are_accessible_and_fit_the_screen(page, site):
    for path in (*PUBLIC, path_of("石磨莜面粉")):
        page.goto(site + path)
        assert serious_findings(page) == [], path
        assert no_sideways_scroll(page), path


@on_a_phone
def test_anonymous_reading_sets_no_cookie(page, site):
    for path in ("/", "/shop/", "/cooperatives/"):
        page.goto(site + path, wait_until="networkidle")
    assert page.context.cookies() == []
