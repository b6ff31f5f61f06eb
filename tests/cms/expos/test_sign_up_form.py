"""Signing up on a page of its own."""

import re

import pytest

from marketplace.fairs.models import Fair, Seat, Session, Ticket
from marketplace.outbox.models import Message
from tests.cms.expos.conftest import text_of
from tests.factories.visitors import (
    BEFORE,
    SECOND_DAY,
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
    [words] = response.context["form"].non_field_errors()
    assert words.startswith("这个网络一小时内领的票太多了")
    assert words in text_of(response)
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


def test_what_there_is_besides_entry_stands_below_its_day(client, entry):
    second = SessionFactory(fair=entry.fair, on=1)
    TalkFactory(fair=entry.fair, title="推窝窝")
    TalkFactory(fair=entry.fair, title="没有入场的一天", on=2)
    later = TalkFactory(fair=entry.fair, title="分割羊肉", on=1)
    groups = client.get(address(entry.fair)).context["form"].sessions_by_day()
    assert [day for day, _ in groups] == [entry, second]
    assert [[box.choice_label for box in boxes] for _, boxes in groups] == [
        ["14:00 推窝窝"],
        ["14:00 分割羊肉"],
    ]
    assert groups[1][1][0].data["value"] == later.pk


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
