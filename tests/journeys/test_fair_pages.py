"""Pages of the CMS, tickets and doors: readable by everybody, on every width."""

import pytest
from django.urls import reverse

from marketplace.fairs.models import Door, Fair, Ticket
from tests.journeys.conftest import on_a_phone
from tests.journeys.steps import no_sideways_scroll
from tests.journeys.test_looking import serious_findings

NARROWEST = {"width": 320, "height": 640}
PAGES = [
    "/expos/",
    "/expos/nianhuo/",
    "/expos/nianhuo/exhibitors/",
    "/expos/yuanzi/",
    "/expos/qiushou/",
    "/en/expos/nianhuo/",
    "/stories/",
    "/stories/mill-day/",
    "/brands/",
    "/brands/oats/",
    "/brands/wuchuan/",
]


@pytest.fixture
def visitors_pages() -> list[str]:
    """Sign-up, a ticket and a door of the fair that is on."""
    fair = Fair.objects.get(state=Fair.State.RUNNING)
    ticket = Ticket.objects.filter(fair=fair).first()
    door = Door.objects.filter(fair=fair).first()
    return [
        reverse("tickets:new", args=[fair.pk]),
        reverse("tickets:page", args=[ticket.code]),
        reverse("doors:page", args=[door.token]),
    ]


@pytest.mark.screens
def test_pages_are_accessible_and_fit_the_screen(page, site, visitors_pages):
    for path in (*PAGES, *visitors_pages):
        assert page.goto(site + path).status == 200, path
        assert serious_findings(page) == [], path
        assert no_sideways_scroll(page), path


@pytest.mark.screens
@on_a_phone
def test_pages_fit_the_narrowest_phone(page, site, visitors_pages):
    page.set_viewport_size(NARROWEST)
    for path in ("/", *PAGES, *visitors_pages):
        page.goto(site + path)
        assert no_sideways_scroll(page), path


@on_a_phone
def test_reading_them_sets_no_cookie(page, site):
    for path in PAGES:
        page.goto(site + path, wait_until="networkidle")
    assert page.context.cookies() == []


def test_the_form_is_filled_in_by_keyboard_alone(page, site):
    page.goto(f"{site}/expos/nianhuo/")
    page.locator("[name=name]").focus()
    page.keyboard.type("键盘演示")
    page.keyboard.press("Tab")
    page.keyboard.type("13911112222")
    page.locator("[name=consent]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Ticket.objects.filter(phone="13911112222").exists()
