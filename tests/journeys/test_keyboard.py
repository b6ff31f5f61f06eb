"""What visitors, doors and cooperatives do at a fair, without a mouse."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from marketplace.fairs.models import Door, Exhibitor, Fair, Question, Seat, Session, Ticket
from tests.factories.fairs import FairFactory
from tests.journeys import keyboard
from tests.journeys.phones import words
from tests.journeys.steps import sign_in
from tests.journeys.test_looking import path_of

FAIR = "/expos/nianhuo/"
GROWER, GOOD = "yunmaiduo", "石磨莜面粉"


def tickets(**of_fair) -> QuerySet[Ticket]:
    """Confirmed for a day, and not used."""
    entry = {"seats__session__kind": Session.Kind.ENTRY, "seats__state": Seat.State.CONFIRMED}
    return Ticket.objects.filter(check_ins=None, cancelled_at=None, **entry, **of_fair)


@pytest.fixture
def ticket(site) -> Ticket:
    return tickets(fair__state=Fair.State.PLANNED).first()


@pytest.fixture
def door(site) -> Door:
    return Door.objects.filter(fair__state=Fair.State.RUNNING).first()


@pytest.fixture
def call(site) -> Fair:
    """A fair that cooperatives may apply for; one question rests on the other."""
    fair = FairFactory(call_closes_at=timezone.now() + timedelta(days=9))
    power = Question.objects.create(
        fair=fair, key="power", text="要接电吗？", kind=Question.Kind.YES_NO, sort_order=0
    )
    Question.objects.create(
        fair=fair,
        key="kilowatts",
        text="要几千瓦？",
        kind=Question.Kind.NUMBER,
        only_if=power.key,
        only_if_answer="yes",
        sort_order=1,
    )
    return fair


def test_tab_comes_to_every_control_and_out_again(page, site, ticket, door, call):
    sign_in(page, site, "cooperative@example.com")
    paths = [
        "/",
        path_of(GOOD),
        FAIR,
        f"{FAIR}exhibitors/",
        reverse("tickets:page", args=[ticket.code]),
        reverse("backoffice:coop_fair_apply", args=[GROWER, call.pk]),
    ]
    for path in paths:
        page.goto(site + path, wait_until="networkidle")
        assert keyboard.faults_of_walk(page) == [], path
    page.goto(site + reverse("doors:page", args=[door.token]))
    keyboard.reach(page, page.locator(".skip-link"), "Shift+Tab")
    assert keyboard.faults_of_walk(page) == []


def test_a_visitor_does_without_a_mouse(page, site, ticket):
    page.goto(site + FAIR, wait_until="networkidle")
    keyboard.use(page, page.locator(".skip-link"))
    keyboard.use(page, page.locator("main .add-button"))
    expect(page.locator("#notices .notice[data-result=added]")).to_be_visible()
    asked = page.locator("details.question").first
    keyboard.use(page, asked.locator("summary"), "Space")
    expect(asked.locator(".question__answer")).to_be_visible()
    page.keyboard.press("Enter")
    expect(asked.locator(".question__answer")).to_be_hidden()
    page.goto(f"{site}{FAIR}exhibitors/")
    keyboard.follow(page, page.locator(".chip:not([aria-current])"))
    expect(page.locator(".chip[aria-current]").first).to_be_visible()
    keyboard.follow(page, page.locator(".stand__name a"))
    expect(page.locator("h1")).to_contain_text("（虚构）")
    page.goto(site + path_of(GOOD))
    keyboard.reach(page, page.locator(".gallery__pick"))
    page.keyboard.press("ArrowRight")
    expect(page.locator(".gallery__slide").nth(1)).to_be_visible()
    page.goto(site + reverse("tickets:page", args=[ticket.code]))
    keyboard.use(page, page.locator(".ticket-cancel summary"))
    keyboard.follow(page, page.locator(".ticket-cancel button"), "Space")
    assert set(ticket.seats.values_list("state", flat=True)) == {Seat.State.CANCELLED}


def test_the_skip_link_leads_to_the_content_and_navigation_to_its_pages(page, site, is_phone):
    page.goto(site + FAIR, wait_until="networkidle")
    keyboard.use(page, page.locator(".skip-link"))
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.goto(site + FAIR)
    english = page.get_by_role("link", name="English", exact=True).locator("visible=true")
    keyboard.follow(page, english)
    assert page.url == f"{site}/en{FAIR}"
    keyboard.follow(page, page.locator(".nav__link, .tabbar__item").locator("visible=true"))


def test_who_stands_at_a_door_does_without_a_mouse(page, site, door):
    today = {"seats__session__begins_at__date": timezone.localdate()}
    ticket = tickets(fair=door.fair, **today).first()
    page.goto(site + reverse("doors:page", args=[door.token]))
    page.keyboard.type(ticket.number)
    keyboard.use(page, page.get_by_role("button", name=words("Let in")))
    expect(page.locator("#door-answer")).to_contain_text(words("Welcome"))
    assert page.evaluate("document.activeElement.name") == "ticket"


def test_a_cooperative_applies_without_a_mouse(page, site, call):
    sign_in(page, site, "cooperative@example.com")
    page.goto(site + reverse("backoffice:coop_fair_apply", args=[GROWER, call.pk]))
    keyboard.use(page, page.locator("[name=goods]"), "Space")
    keyboard.use(page, page.locator("[name=q_power]"), "Space")
    number = page.locator("[name=q_kilowatts]")
    expect(number).to_be_visible()
    keyboard.reach(page, number)
    page.keyboard.type("3")
    keyboard.follow(page, page.get_by_role("button", name=words("Hand it in")))
    assert Exhibitor.objects.get(fair=call).answers == {"power": "yes", "kilowatts": "3"}
