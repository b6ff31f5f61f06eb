"""Signing up on the page, and the ticket's own page."""

import re
import uuid
from datetime import timedelta

import pytest

from marketplace.fairs.models import Fair, Seat, Session, Ticket
from marketplace.fairs.services.check_in import check_in
from marketplace.fairs.services.erasing import erase_visitors
from marketplace.fairs.services.seats import cancel_ticket
from marketplace.outbox.models import Message
from tests.factories.visitors import (
    AFTER,
    BEFORE,
    FIRST_DAY,
    SECOND_DAY,
    DoorFactory,
    SessionFactory,
    TalkFactory,
    phone_of,
    ticket_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before(time_machine):
    time_machine.move_to(BEFORE, tick=False)


def address(fair, prefix=""):
    return f"{prefix}/tickets/new/{fair.pk}/"


def typed(*sessions, number=1, **values):
    data = {
        "name": "李岚",
        "phone": phone_of(number),
        "email": "",
        "purpose": "shopping",
        "day": sessions[0].pk,
        "sessions": [session.pk for session in sessions[1:]],
        "consent": "on",
        "website": "",
    }
    return {**data, **values}


def text_of(response):
    return response.content.decode()


def test_the_form_is_a_page_without_a_cookie_that_may_be_kept(client, entry):
    response = client.get(address(entry.fair))
    assert response.status_code == 200
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "30" in text_of(response)


def test_a_visitor_signs_up_and_lands_on_the_ticket(client, entry):
    talk = TalkFactory(fair=entry.fair)
    response = client.post(address(entry.fair), typed(entry, talk, email="li@example.com"))
    ticket = Ticket.objects.get()
    assert response.headers["Location"] == f"/tickets/{ticket.code}/"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert (ticket.name, ticket.phone, ticket.language) == ("李岚", phone_of(1), "zh-hans")
    assert Seat.objects.filter(ticket=ticket, state="confirmed").count() == 2
    assert Message.objects.get().recipient == "li@example.com"


def test_on_english_pages_the_ticket_is_english(client, entry):
    response = client.post(address(entry.fair, "/en"), typed(entry))
    ticket = Ticket.objects.get()
    assert ticket.language == "en"
    page = text_of(client.get(response.headers["Location"]))
    assert "Entry ticket" in page
    assert entry.title_en in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"phone": "12345"}, "phone"),
        ({"phone": "23800000000"}, "phone"),
        ({"name": "  "}, "name"),
        ({"name": "李" * 41}, "name"),
        ({"email": "li@"}, "email"),
        ({"day": "999999999"}, "day"),
        ({"day": "x"}, "day"),
        ({"purpose": "free beer"}, "purpose"),
        ({"consent": ""}, "consent"),
        ({"sessions": ["999999"]}, "sessions"),
        ({"website": "https://spam.example"}, "website"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    client, entry, change, field
):
    response = client.post(address(entry.fair), {**typed(entry, email="li@example.com"), **change})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "no-store" in response["Cache-Control"]
    if field != "name":
        assert 'value="李岚"' in text_of(response)
    assert not Ticket.objects.exists()
    assert not Message.objects.exists()
    assert Session.objects.get().taken == 0


def test_script_in_a_name_is_shown_as_words(client, entry):
    bad = "<script>alert(1)</script>"
    client.post(address(entry.fair), typed(entry, name=bad))
    ticket = Ticket.objects.get()
    again = client.post(address(entry.fair), typed(entry, name=bad))
    assert ticket.name == bad
    for response in (again, client.get(f"/tickets/{ticket.code}/")):
        assert "<script>alert" not in text_of(response)


def test_a_talk_of_another_day_is_refused_beside_the_talks(client, entry):
    talk = TalkFactory(fair=entry.fair, on=1)
    response = client.post(address(entry.fair), typed(entry, talk))
    assert list(response.context["form"].errors) == ["sessions"]
    assert not Ticket.objects.exists()


def test_a_second_ticket_for_a_number_tells_no_stranger_anything(client, entry):
    first = ticket_of(entry, email="li@example.com")
    response = client.post(address(entry.fair), typed(entry, name="王二", email="w@example.com"))
    assert response.status_code == 422
    page = text_of(response)
    assert list(response.context["form"].errors) == ["phone"]
    assert first.code not in page
    assert first.number not in page
    assert "li@example.com" not in page
    assert set(Message.objects.values_list("recipient", flat=True)) == {"li@example.com"}
    assert Ticket.objects.get().name == first.name


def test_a_burst_from_one_address_is_refused_in_words_and_writes_nothing(client, entry):
    for number in range(20):
        assert client.post(address(entry.fair), typed(entry, number=number)).status_code == 302
    response = client.post(address(entry.fair), typed(entry, number=99))
    assert response.status_code == 429
    assert response.context["form"].non_field_errors()
    assert 'value="李岚"' in text_of(response)
    assert Ticket.objects.count() == 20
    elsewhere = client.post(address(entry.fair), typed(entry, number=99), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302


def test_behind_a_proxy_the_burst_is_the_visitors(client, entry, settings, monkeypatch):
    monkeypatch.setattr("django.conf.settings.ALLAUTH_TRUSTED_PROXY_COUNT", 1)
    for number in range(21):
        sent = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}"}
        response = client.post(address(entry.fair), typed(entry, number=number), **sent)
        assert response.status_code == 302


def test_another_site_cannot_sign_anybody_up(client, entry):
    headers = {"Sec-Fetch-Site": "cross-site"}
    response = client.post(address(entry.fair), typed(entry), headers=headers)
    assert response.status_code == 403
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("state", ["call", "closed"])
def test_a_fair_that_takes_nobody_says_so(client, entry, state):
    Fair.objects.update(state=state)
    page = client.get(address(entry.fair))
    assert page.status_code == 200
    assert "form" not in page.content.decode().split("<main")[1].split("</main>")[0]
    assert client.post(address(entry.fair), typed(entry)).status_code == 422
    assert not Ticket.objects.exists()


def test_there_is_no_form_for_a_draft_or_no_fair(client, entry):
    Fair.objects.update(state="draft")
    for pk in (entry.fair_id, 987654):
        assert client.get(f"/tickets/new/{pk}/").status_code == 404


def test_the_form_tells_what_is_full_and_what_is_nearly(client, entry):
    TalkFactory(fair=entry.fair, title="推窝窝", capacity=7)
    full = TalkFactory(fair=entry.fair, title="分割羊肉", capacity=1)
    ticket_of(entry, full)
    labels = [
        label
        for _, label in client.get(address(entry.fair)).context["form"]["sessions"].field.choices
    ]
    assert [label.rpartition(" · ")[0].split()[-1] for label in labels] == ["推窝窝", "分割羊肉"]
    assert "7" in labels[0].rpartition(" · ")[2]


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


@pytest.mark.parametrize("count", [1, 6])
def test_the_form_costs_the_same_for_any_number_of_sessions(
    client, entry, count, django_assert_max_num_queries
):
    for _ in range(count):
        TalkFactory(fair=entry.fair)
    client.get(address(entry.fair))
    with django_assert_max_num_queries(4):
        page = text_of(client.get(f"{address(entry.fair)}?x=1"))
    assert len(re.findall(r'name="sessions"', page)) == count


def test_the_second_day_is_still_offered_on_the_second_day(client, entry, time_machine):
    second = SessionFactory(fair=entry.fair, on=1)
    time_machine.move_to(SECOND_DAY, tick=False)
    form = client.get(address(entry.fair)).context["form"]
    assert [value for value, _ in form["day"].field.choices] == [second.pk]
