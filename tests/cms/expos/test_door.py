"""The page at a door."""

import uuid

import pytest
from django.utils.translation import gettext

from marketplace.fairs.models import CheckIn, Fair
from marketplace.fairs.services.doors import close_door
from marketplace.fairs.services.seats import cancel_ticket
from tests.factories.visitors import (
    AFTER,
    BEFORE,
    FIRST_DAY,
    SECOND_DAY,
    DoorFactory,
    SessionFactory,
    TalkFactory,
    ticket_of,
)

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}
WORDS = {
    "cancelled": "Cancelled",
    "wrong_day": "Another day",
    "waiting": "Waiting list only",
    "other_fair": "Another fair",
    "unknown": "Unknown ticket",
}


@pytest.fixture
def door(entry):
    return DoorFactory(fair=entry.fair, name="北门")


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(FIRST_DAY, tick=False)


def path(door):
    return f"/door/{door.token}/"


def read(client, door, text, scan=None, **headers):
    data = {"ticket": text, "scan": str(scan or uuid.uuid4())}
    return client.post(path(door), data, headers=headers)


def main_of(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_the_door_opens_by_its_link_alone_and_no_cache_keeps_it(client, door):
    response = client.get(path(door))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies
    assert "北门" in main_of(response)


def test_nobody_guesses_a_door(client, door):
    assert client.get("/door/guessed/").status_code == 404
    assert client.post(f"/door/{'x' * 43}/", {"ticket": "12345678"}).status_code == 404


def test_without_script_the_answer_is_a_whole_page_with_the_next_id(client, door, entry):
    talk = TalkFactory(fair=entry.fair)
    ticket = ticket_of(entry, talk, now=BEFORE, name="李岚")
    first = client.get(path(door)).context["scan_id"]
    response = read(client, door, ticket.number, scan=first)
    page = main_of(response)
    assert 'data-outcome="welcome"' in page
    assert "李岚" in page
    assert talk.title in page
    assert "<form" in page
    assert response.context["scan_id"] != first
    assert CheckIn.objects.get().pk == first


def test_with_script_the_answer_is_a_part(client, door, entry):
    ticket = ticket_of(entry, now=BEFORE)
    response = read(client, door, ticket.code, **SCRIPT)
    assert "<html" not in response.content.decode()
    assert 'data-outcome="welcome"' in response.content.decode()


def test_the_second_reading_says_since_when_in_big_type(client, door, entry, time_machine):
    ticket = ticket_of(entry, now=BEFORE)
    read(client, door, ticket.code)
    time_machine.move_to(FIRST_DAY.replace(minute=59), tick=False)
    other = DoorFactory(fair=entry.fair, name="南门")
    response = read(client, other, ticket.code)
    word = main_of(response).split('door-says__word">')[1].split("<")[0]
    assert "10:42" in word
    assert "北门" in main_of(response)
    assert CheckIn.objects.count() == 1


def test_a_reading_that_is_sent_again_gets_the_same_answer(client, door, entry):
    ticket, scan = ticket_of(entry, now=BEFORE), uuid.uuid4()
    answers = [read(client, door, ticket.code, scan=scan, **SCRIPT) for _ in range(2)]
    assert ['data-outcome="welcome"' in one.content.decode() for one in answers] == [True, True]
    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize("scan", ["", "x", "0" * 500])
def test_an_id_that_is_none_is_made_here(client, door, entry, scan):
    ticket = ticket_of(entry, now=BEFORE)
    response = client.post(path(door), {"ticket": ticket.code, "scan": scan})
    assert 'data-outcome="welcome"' in main_of(response)
    assert CheckIn.objects.count() == 1


def test_each_refusal_has_its_word_and_lets_nobody_in(client, door, entry, time_machine):
    cancelled = ticket_of(entry, number=1, now=BEFORE)
    cancel_ticket(code=cancelled.code, now=BEFORE)
    tomorrow = ticket_of(SessionFactory(fair=entry.fair, on=1), number=2, now=BEFORE)
    full = SessionFactory(fair=entry.fair, on=0, capacity=1)
    ticket_of(full, number=3, now=BEFORE)
    texts = {
        "cancelled": cancelled.code,
        "wrong_day": tomorrow.number,
        "waiting": ticket_of(full, number=4, now=BEFORE).code,
        "other_fair": ticket_of(SessionFactory(), number=5, now=BEFORE).code,
        "unknown": "A" * 32,
    }
    for outcome, text in texts.items():
        response = read(client, door, text)
        assert response.status_code == 200
        assert f'data-outcome="{outcome}"' in main_of(response)
        assert f'door-says__word">{gettext(WORDS[outcome])}<' in main_of(response)
    assert not CheckIn.objects.exists()


def test_what_was_typed_is_shown_as_words(client, door):
    response = read(client, door, "<script>alert(1)</script>")
    assert "<script>alert" not in main_of(response)
    assert "&lt;script&gt;" in main_of(response)


@pytest.mark.parametrize("text", ["", " ", "\x00", "1" * 4000, "１２３４５６７８", "🐑"])
def test_nonsense_is_unknown(client, door, text):
    response = read(client, door, text)
    assert 'data-outcome="unknown"' in main_of(response)


def test_a_closed_door_says_so_and_reads_nothing(client, door, entry):
    ticket = ticket_of(entry, now=BEFORE)
    close_door(door=door, now=FIRST_DAY)
    page = client.get(path(door))
    assert page.status_code == 200
    assert "<form" not in main_of(page)
    assert read(client, door, ticket.code).status_code == 409
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_on_other_days_the_door_reads_nothing(client, door, entry, time_machine, now):
    ticket = ticket_of(entry, now=BEFORE)
    time_machine.move_to(now, tick=False)
    assert "door-says--no" in main_of(client.get(path(door)))
    assert read(client, door, ticket.code).status_code == 409
    assert not CheckIn.objects.exists()


def test_once_the_fair_is_closed_the_door_is(client, door, entry):
    ticket = ticket_of(entry, now=BEFORE)
    Fair.objects.update(state="closed")
    assert read(client, door, ticket.code, **SCRIPT).status_code == 409
    assert not CheckIn.objects.exists()


def test_another_site_reads_nothing(client, door, entry):
    ticket = ticket_of(entry, now=BEFORE)
    assert read(client, door, ticket.code, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not CheckIn.objects.exists()


def test_counts_are_of_today(client, door, entry, time_machine):
    other = DoorFactory(fair=entry.fair)
    tickets = [ticket_of(entry, number=n, now=BEFORE) for n in range(4)]
    read(client, door, tickets[0].code)
    read(client, other, tickets[1].code)
    today = read(client, door, tickets[2].code).context["today"]
    assert (today.here, today.everywhere, today.expected) == (2, 3, 4)
    assert [entry.ticket for entry in today.last] == [tickets[2], tickets[0]] or len(
        today.last
    ) == 2
    time_machine.move_to(SECOND_DAY, tick=False)
    assert client.get(path(door)).context["today"].everywhere == 0


@pytest.mark.parametrize("count", [1, 12])
def test_a_reading_costs_the_same_however_many_came(
    client, door, entry, count, django_assert_max_num_queries
):
    for number in range(count):
        read(client, door, ticket_of(entry, number=number, now=BEFORE).code)
    ticket = ticket_of(entry, number=99, now=BEFORE)
    with django_assert_max_num_queries(12):
        response = read(client, door, ticket.code, **SCRIPT)
    assert len(response.context["today"].last) == min(count + 1, 10)
    with django_assert_max_num_queries(4):
        client.get(path(door))
