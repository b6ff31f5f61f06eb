"""The page of a ticket."""

import uuid
from datetime import timedelta

import pytest

from marketplace.fairs.models import Session, Ticket
from marketplace.fairs.services.check_in import check_in
from marketplace.fairs.services.erasing import erase_visitors
from marketplace.fairs.services.seats import cancel_ticket
from tests.cms.expos.conftest import text_of
from tests.factories.visitors import (
    AFTER,
    BEFORE,
    FIRST_DAY,
    DoorFactory,
    SessionFactory,
    TalkFactory,
    ticket_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before(time_machine):
    time_machine.move_to(BEFORE, tick=False)


def ticket_page(client, ticket):
    return client.get(f"/tickets/{ticket.code}/")


def test_the_ticket_belongs_to_whoever_has_its_link_and_to_no_cache(client, entry):
    response = ticket_page(client, ticket_of(entry))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies


def test_the_ticket_shows_code_number_day_and_a_masked_name(client, entry):
    ticket = ticket_of(entry, name="李岚春")
    page = text_of(ticket_page(client, ticket))
    assert 'class="qr"' in page
    assert f"{ticket.number[:4]} {ticket.number[4:]}" in page
    assert "李**" in page
    assert "李岚春" not in page
    assert ticket.phone not in page
    assert "1月15日" in page
    assert entry.fair.venue in page


def test_who_waits_for_entry_has_a_place_in_the_line_and_no_code(client, entry):
    Session.objects.update(capacity=1)
    for number in (1, 2):
        ticket_of(entry, number=number)
    response = ticket_page(client, ticket_of(entry, number=3))
    assert response.context["page"].entry.place == 2
    assert 'class="qr"' not in text_of(response)


def test_one_seat_is_given_back_by_its_button(client, entry):
    talk = TalkFactory(fair=entry.fair)
    ticket = ticket_of(entry, talk)
    response = client.post(f"/tickets/{ticket.code}/cancel/", {"session": talk.pk})
    assert response.headers["Location"] == f"/tickets/{ticket.code}/"
    assert list(ticket.seats.order_by("session").values_list("state", flat=True)) == [
        "confirmed",
        "cancelled",
    ]
    assert 'class="qr"' in text_of(ticket_page(client, ticket))


def test_the_whole_ticket_is_cancelled_and_its_page_says_so(client, entry):
    ticket = ticket_of(entry)
    client.post(f"/tickets/{ticket.code}/cancel/")
    page = text_of(ticket_page(client, ticket))
    assert 'class="qr"' not in page
    assert "ticket--cancelled" in page
    again = client.post(f"/tickets/{ticket.code}/cancel/")
    assert again.status_code == 409
    assert again.context["problem"]


def test_a_link_that_was_opened_cancels_nothing(client, entry):
    ticket = ticket_of(entry)
    assert client.get(f"/tickets/{ticket.code}/cancel/").status_code == 405
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(f"/tickets/{ticket.code}/cancel/", headers=cross).status_code == 403
    assert Ticket.objects.live().count() == 1


def test_foreign_codes_and_sessions_are_not_found(client, entry):
    ticket, other = ticket_of(entry), SessionFactory()
    for path in ("", "cancel/", "calendar.ics"):
        ask = client.post if path == "cancel/" else client.get
        assert ask(f"/tickets/{'x' * 32}/{path}").status_code == 404
    for session in (other.pk, "x", ""):
        answer = client.post(f"/tickets/{ticket.code}/cancel/", {"session": session})
        assert answer.status_code == 404
    assert Ticket.objects.live().count() == 1


def test_after_the_fair_the_ticket_thanks(client, entry, time_machine):
    ticket = ticket_of(entry)
    time_machine.move_to(AFTER, tick=False)
    page = text_of(ticket_page(client, ticket))
    assert "ticket--over" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    time_machine.move_to(AFTER + timedelta(days=40), tick=False)
    erase_visitors(now=AFTER + timedelta(days=40))
    assert "ticket--erased" in text_of(ticket_page(client, ticket))


def test_who_came_in_sees_when_and_cannot_cancel(client, entry, time_machine):
    ticket = ticket_of(entry)
    door = DoorFactory(fair=entry.fair)
    check_in(door=door, text=ticket.code, scan_id=uuid.uuid4(), now=FIRST_DAY)
    time_machine.move_to(FIRST_DAY, tick=False)
    response = ticket_page(client, ticket)
    assert "10:42" in text_of(response)
    assert not response.context["page"].can_cancel


def test_the_calendar_has_what_is_confirmed(client, entry):
    full = TalkFactory(fair=entry.fair, capacity=1)
    ticket_of(entry, full, number=1)
    ticket = ticket_of(entry, full, number=2)
    response = client.get(f"/tickets/{ticket.code}/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    lines = response.content.decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 1
    assert "DTSTART:20270115T010000Z" in lines
    assert "DTEND:20270115T100000Z" in lines
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75


def test_a_cancelled_ticket_has_no_calendar(client, entry):
    ticket = ticket_of(entry)
    cancel_ticket(code=ticket.code, now=BEFORE)
    assert client.get(f"/tickets/{ticket.code}/calendar.ics").status_code == 404


@pytest.mark.parametrize("count", [1, 6])
def test_the_ticket_costs_the_same_for_any_number_of_sessions(
    client, entry, count, django_assert_max_num_queries
):
    ticket = ticket_of(entry, *(TalkFactory(fair=entry.fair) for _ in range(count)))
    ticket_page(client, ticket)
    with django_assert_max_num_queries(4):
        assert len(ticket_page(client, ticket).context["page"].rows) == count + 1
