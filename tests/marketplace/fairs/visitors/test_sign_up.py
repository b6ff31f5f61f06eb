"""Who signs up gets a ticket and seats, or words; nothing is written by a refusal."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from marketplace.fairs.models import Fair, Seat, Session, Ticket
from marketplace.fairs.services.sign_up import sign_up
from marketplace.fairs.visitor_refusals import (
    AlreadySignedUp,
    ConsentMissing,
    NotOneDay,
    NotSignedUpFor,
    NoVisitorsNow,
    SessionOnAnotherDay,
    SessionOver,
)
from marketplace.outbox.models import Message
from tests.factories.visitors import (
    AFTER,
    BEFORE,
    FIRST_DAY,
    SECOND_DAY,
    SessionFactory,
    TalkFactory,
    phone_of,
    ticket_of,
    visitor_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return SessionFactory()


def states(ticket):
    return list(ticket.seats.order_by("session").values_list("state", flat=True))


def taken(session):
    return Session.objects.values_list("taken", flat=True).get(pk=session.pk)


def nothing_written():
    return not (Ticket.objects.exists() or Seat.objects.exists() or Message.objects.exists())


def test_a_visitor_gets_a_ticket_and_a_seat_in_each_session(entry):
    talk = TalkFactory(fair=entry.fair)
    ticket = ticket_of(entry, talk)
    assert states(ticket) == ["confirmed", "confirmed"]
    assert (taken(entry), taken(talk)) == (1, 1)
    assert len(ticket.code) == 32
    assert len(ticket.number) == 8
    assert ticket.consented_at == BEFORE


def test_two_tickets_have_nothing_in_common(entry):
    one, other = ticket_of(entry, number=1), ticket_of(entry, number=2)
    assert one.code != other.code
    assert one.number != other.number


def test_a_number_that_another_ticket_has_is_drawn_again(entry, monkeypatch):
    draws = iter([5, 5, 6])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(draws))
    assert ticket_of(entry, number=1).number == "10000005"
    assert ticket_of(entry, number=2).number == "10000006"


def test_the_ticket_comes_by_mail_in_its_language(entry):
    ticket_of(entry, number=1, email="li@example.com")
    english = ticket_of(entry, number=2, email="lee@example.com", language="en")
    chinese, mail = Message.objects.order_by("pk")
    assert (chinese.recipient, mail.recipient) == ("li@example.com", "lee@example.com")
    assert entry.title in chinese.body
    assert f"/en/tickets/{english.code}/" in mail.body
    assert english.number in mail.body
    assert entry.title_en in mail.body


def test_the_mail_of_who_waits_for_entry_promises_no_entry(entry):
    Session.objects.update(capacity=1)
    ticket_of(entry, number=1)
    ticket = ticket_of(entry, number=2, email="lee@example.com", language="en")
    body = Message.objects.get().body
    assert "waiting list" in body.splitlines()[0]
    assert ticket.number not in body


def test_without_an_address_no_mail_is_written(entry):
    ticket_of(entry)
    assert not Message.objects.exists()


def test_a_full_session_has_a_waiting_list(entry):
    talk = TalkFactory(fair=entry.fair, capacity=1)
    ticket_of(entry, talk, number=1)
    assert states(ticket_of(entry, talk, number=2)) == ["confirmed", "waiting"]
    assert taken(talk) == 1


def test_entry_without_a_capacity_has_room_for_everybody():
    entry = SessionFactory(capacity=None)
    assert [states(ticket_of(entry, number=n)) for n in (1, 2)] == [["confirmed"]] * 2
    assert taken(entry) == 2


def test_who_waits_is_not_overtaken_after_the_session_got_more_seats(entry):
    talk = TalkFactory(fair=entry.fair, capacity=1)
    ticket_of(entry, talk, number=1)
    second = ticket_of(entry, talk, number=2)
    Session.objects.filter(pk=talk.pk).update(capacity=2)
    third = ticket_of(entry, talk, number=3)
    assert (states(second), states(third)) == (
        ["confirmed", "confirmed"],
        ["confirmed", "waiting"],
    )


def test_without_consent_nothing_is_written(entry):
    with pytest.raises(ConsentMissing):
        sign_up(
            fair=entry.fair,
            visitor=visitor_of(),
            sessions=[entry.pk],
            consented=False,
            language="zh-hans",
            now=BEFORE,
        )
    assert nothing_written()


@pytest.mark.parametrize("state", ["draft", "call", "closed", "reported"])
def test_a_fair_that_is_not_planned_or_running_takes_nobody(entry, state):
    Fair.objects.filter(pk=entry.fair_id).update(state=state)
    with pytest.raises(NoVisitorsNow):
        ticket_of(entry)
    assert nothing_written()


def test_a_fair_that_is_over_takes_nobody(entry):
    with pytest.raises(NoVisitorsNow):
        ticket_of(entry, now=AFTER)
    assert nothing_written()


def test_a_ticket_is_for_exactly_one_day(entry):
    talk, other = TalkFactory(fair=entry.fair), SessionFactory(fair=entry.fair, on=1)
    for sessions in ([talk], [entry, other]):
        with pytest.raises(NotOneDay):
            ticket_of(*sessions)
    assert nothing_written()
    assert taken(entry) == 0


def test_the_entry_of_another_fair_is_no_entry(entry):
    other = SessionFactory()
    with pytest.raises(NotOneDay):
        sign_up(
            fair=entry.fair,
            visitor=visitor_of(),
            sessions=[other.pk],
            consented=True,
            language="zh-hans",
            now=BEFORE,
        )
    assert nothing_written()


def test_a_session_of_another_fair_or_without_seats_is_refused(entry):
    for session in (TalkFactory(), TalkFactory(fair=entry.fair, capacity=None)):
        with pytest.raises(NotSignedUpFor):
            ticket_of(entry, session)
    assert nothing_written()


def test_a_session_that_is_over_is_refused(entry):
    with pytest.raises(SessionOver) as refusal:
        ticket_of(entry, now=SECOND_DAY)
    assert refusal.value.field == "day"
    assert nothing_written()


def test_a_session_on_another_day_than_the_entry_is_refused(entry):
    with pytest.raises(SessionOnAnotherDay) as refusal:
        ticket_of(entry, TalkFactory(fair=entry.fair, on=1))
    assert refusal.value.field == "sessions"
    assert nothing_written()


def test_on_the_day_itself_one_can_still_sign_up(entry):
    assert states(ticket_of(entry, now=FIRST_DAY)) == ["confirmed"]


def test_a_number_has_one_ticket_in_a_fair(entry):
    first = ticket_of(entry, number=1)
    with pytest.raises(AlreadySignedUp) as refusal:
        ticket_of(entry, number=2, phone=first.phone)
    assert not refusal.value.is_mailed
    assert Ticket.objects.get() == first
    assert taken(entry) == 1
    assert not Message.objects.exists()


def test_the_owner_of_the_number_gets_the_link_again_once_an_hour_and_a_stranger_nothing(entry):
    first = ticket_of(entry, email="li@example.com")
    for minutes in (1, 2, 61):
        with pytest.raises(AlreadySignedUp) as refusal:
            ticket_of(entry, email="stranger@example.com", now=BEFORE + timedelta(minutes=minutes))
        assert refusal.value.is_mailed
        assert first.code not in refusal.value.words
        assert "li@example.com" not in refusal.value.words
    assert set(Message.objects.values_list("recipient", flat=True)) == {"li@example.com"}
    assert Message.objects.count() == 3
    assert first.code in Message.objects.last().body


def test_the_number_may_sign_up_for_another_fair(entry):
    assert ticket_of(entry).phone == ticket_of(SessionFactory()).phone


def test_a_wrong_phone_is_refused_by_its_field(entry):
    with pytest.raises(ValidationError) as wrong:
        ticket_of(entry, phone="12345678901")
    assert list(wrong.value.message_dict) == ["phone"]
    assert nothing_written()
    assert taken(entry) == 0


def test_a_phone_as_long_as_it_should_be_is_taken(entry):
    assert ticket_of(entry, number=7).phone == phone_of(7)
