"""A door on a bad network: what was read is never lost, and counted once."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from marketplace.fairs.models import CheckIn, Door, Fair, Seat, Session, Ticket
from tests.journeys.conftest import PHONE
from tests.journeys.steps import words


@pytest.fixture
def viewport():
    return PHONE


@pytest.fixture
def door(site) -> Door:
    return Door.objects.filter(fair__state=Fair.State.RUNNING).first()


@pytest.fixture
def tickets(door) -> list[Ticket]:
    """Two for today that nobody has come in with."""
    entries = Session.objects.filter(fair=door.fair, kind=Session.Kind.ENTRY)
    today = [entry.pk for entry in entries if entry.day == timezone.localdate()]
    seats = Seat.objects.filter(session__in=today, state=Seat.State.CONFIRMED)
    free = Ticket.objects.filter(seats__in=seats, cancelled_at=None, check_ins=None)
    return list(free.order_by("pk")[:2])


def test_a_reading_that_did_not_get_through_is_kept_and_sent_again(page, site, door, tickets):
    first, second = tickets
    page.goto(site + reverse("doors:page", args=[door.token]))
    field, problem = page.locator("[name=ticket]"), page.locator("[data-door-problem]")
    press = page.get_by_role("button", name=words("Let in")).click
    page.context.set_offline(True)
    for ticket in tickets:
        field.fill(ticket.number)
        press()
        expect(problem).to_contain_text(ticket.number)
        expect(field).to_have_value("")
    assert not CheckIn.objects.filter(ticket__in=tickets).exists()
    page.context.set_offline(False)
    answer = page.locator("#door-answer")
    expect(answer).to_contain_text(first.number)
    expect(problem).not_to_contain_text(first.number)
    expect(answer).to_contain_text(second.number)
    expect(answer.locator("[data-outcome=welcome]")).to_contain_text(second.name)
    expect(problem).to_be_hidden()
    assert CheckIn.objects.filter(ticket__in=tickets).count() == 2


def test_an_answer_that_got_lost_on_its_way_back_counts_once(page, site, door, tickets):
    ticket, _other = tickets
    page.goto(site + reverse("doors:page", args=[door.token]))

    def lose(route):
        """The server has done it, and the phone never hears of it."""
        route.fetch()
        route.abort()

    page.route("**/door/**", lose, times=1)
    page.locator("[name=ticket]").fill(ticket.number)
    page.get_by_role("button", name=words("Let in")).click()
    expect(page.locator("[data-door-problem]")).to_contain_text(ticket.number)
    assert CheckIn.objects.filter(ticket=ticket).count() == 1
    expect(page.locator("#door-answer [data-outcome=welcome]")).to_contain_text(ticket.name)
    assert CheckIn.objects.filter(ticket=ticket).count() == 1
