"""Seats come back, and the first who waits has them."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from marketplace.fairs.models import Seat, Session, Ticket
from marketplace.fairs.services.check_in import check_in
from marketplace.fairs.services.seats import (
    cancel_seat,
    cancel_ticket,
    move_up_waiting,
    resize_session,
)
from marketplace.fairs.visitor_refusals import SeatIsGone, TooFewSeats
from marketplace.outbox.models import Message
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
from tests.marketplace.fairs.visitors.test_sign_up import states, taken

pytestmark = pytest.mark.django_db
LATER = BEFORE + timedelta(hours=1)
ANY_ID = UUID("6f1f7c0e-51b2-4c5f-9e0f-2b7f4b6d1a01")


@pytest.fixture
def entry():
    return SessionFactory()


@pytest.fixture
def talk(entry):
    return TalkFactory(fair=entry.fair, capacity=1)


@pytest.fixture
def tickets(entry, talk):
    """One has the talk's only seat, two wait for it in their order."""
    return [ticket_of(entry, talk, number=n, email=f"v{n}@example.com") for n in (1, 2, 3)]


def seat_in(ticket, session):
    return Seat.objects.get(ticket=ticket, session=session)


def test_a_seat_that_is_cancelled_goes_to_the_first_who_waits(talk, tickets):
    first, second, _third = tickets
    cancel_seat(code=first.code, session_id=talk.pk, now=LATER)
    assert [seat_in(ticket, talk).state for ticket in tickets] == [
        "cancelled",
        "confirmed",
        "waiting",
    ]
    assert seat_in(second, talk).moved_up_at == LATER
    assert taken(talk) == 1
    told = Message.objects.filter(event__contains=":up:")
    assert [mail.recipient for mail in told] == ["v2@example.com"]
    assert second.code in told[0].body
    assert Ticket.objects.live().count() == 3


def test_a_ticket_that_is_cancelled_gives_back_all_its_seats(entry, talk, tickets):
    first, second, _ = tickets
    cancel_ticket(code=first.code, now=LATER)
    assert states(first) == ["cancelled", "cancelled"]
    assert seat_in(second, talk).state == "confirmed"
    assert (taken(entry), taken(talk)) == (2, 1)


def test_who_waits_and_cancels_is_passed_over(talk, tickets):
    first, second, _third = tickets
    cancel_ticket(code=second.code, now=LATER)
    cancel_ticket(code=first.code, now=LATER)
    assert [seat_in(ticket, talk).state for ticket in tickets] == [
        "cancelled",
        "cancelled",
        "confirmed",
    ]
    assert taken(talk) == 1


def test_the_seat_of_the_days_entry_is_the_whole_ticket(entry, talk, tickets):
    cancel_seat(code=tickets[0].code, session_id=entry.pk, now=LATER)
    assert Ticket.objects.get(pk=tickets[0].pk).cancelled_at == LATER
    assert states(tickets[0]) == ["cancelled", "cancelled"]


def test_what_is_cancelled_already_is_refused_and_nothing_changes(entry, talk, tickets):
    cancel_ticket(code=tickets[0].code, now=LATER)
    before = (taken(entry), taken(talk))
    for cancel in (cancel_ticket, lambda **k: cancel_seat(session_id=talk.pk, **k)):
        with pytest.raises(SeatIsGone):
            cancel(code=tickets[0].code, now=LATER)
    assert (taken(entry), taken(talk)) == before


def test_a_seat_is_not_cancelled_once_its_session_is_over(talk, tickets):
    with pytest.raises(SeatIsGone):
        cancel_seat(code=tickets[0].code, session_id=talk.pk, now=SECOND_DAY)
    with pytest.raises(SeatIsGone):
        cancel_ticket(code=tickets[0].code, now=AFTER)
    assert states(tickets[0]) == ["confirmed", "confirmed"]


def test_a_ticket_that_was_used_is_not_cancelled_but_its_talk_is(entry, talk, tickets):
    door = DoorFactory(fair=entry.fair)
    check_in(door=door, text=tickets[0].code, scan_id=ANY_ID, now=FIRST_DAY)
    with pytest.raises(SeatIsGone):
        cancel_ticket(code=tickets[0].code, now=FIRST_DAY)
    assert Ticket.objects.get(pk=tickets[0].pk).cancelled_at is None
    cancel_seat(code=tickets[0].code, session_id=talk.pk, now=FIRST_DAY)
    assert seat_in(tickets[0], talk).state == "cancelled"


def test_nobody_cancels_a_seat_that_is_not_theirs(tickets):
    other = SessionFactory()
    with pytest.raises(Seat.DoesNotExist):
        cancel_seat(code=tickets[0].code, session_id=other.pk, now=LATER)
    with pytest.raises(Ticket.DoesNotExist):
        cancel_ticket(code="x" * 32, now=LATER)


def test_more_seats_move_up_so_many_at_once(talk, tickets):
    resize_session(session_id=talk.pk, capacity=2, now=LATER)
    assert [seat_in(ticket, talk).state for ticket in tickets] == [
        "confirmed",
        "confirmed",
        "waiting",
    ]
    assert taken(talk) == 2


@pytest.mark.parametrize("capacity", [0, 1])
def test_a_session_keeps_the_seats_that_are_confirmed(talk, tickets, capacity):
    resize_session(session_id=talk.pk, capacity=2, now=LATER)
    with pytest.raises(TooFewSeats):
        resize_session(session_id=talk.pk, capacity=capacity, now=LATER)
    talk.refresh_from_db()
    assert (talk.capacity, talk.taken) == (2, 2)


def test_the_worker_moves_up_who_waits_beside_free_seats(talk, tickets):
    Session.objects.filter(pk=talk.pk).update(capacity=3)
    assert move_up_waiting(now=LATER) == 2
    assert move_up_waiting(now=LATER) == 0
    assert [seat_in(ticket, talk).state for ticket in tickets] == ["confirmed"] * 3
    assert taken(talk) == 3


def test_when_a_session_is_over_nobody_moves_up(talk, tickets):
    Session.objects.filter(pk=talk.pk).update(capacity=3)
    assert move_up_waiting(now=SECOND_DAY) == 0
    assert taken(talk) == 1


def test_the_database_takes_no_more_than_there_are(talk, tickets):
    refused = pytest.raises(IntegrityError, match="session_takes_no_more_than_it_has")
    with refused, transaction.atomic():
        Session.objects.filter(pk=talk.pk).update(taken=2)


def test_an_editors_form_does_not_write_an_older_count_back(entry, talk):
    opened = Session.objects.get(pk=talk.pk)
    ticket_of(entry, talk)
    opened.title = "莜面怎么推"
    opened.save()
    opened.refresh_from_db()
    assert (opened.title, opened.taken) == ("莜面怎么推", 1)


@pytest.mark.parametrize("capacity", [None, 0])
def test_an_editors_form_cannot_take_confirmed_seats_away(talk, tickets, capacity):
    session = Session.objects.get(pk=talk.pk)
    session.capacity = capacity
    with pytest.raises(ValidationError) as wrong:
        session.clean()
    assert list(wrong.value.message_dict) == ["capacity"]


def test_places_in_the_line_are_counted_for_each_seat(talk, tickets):
    waiting = Seat.objects.waiting().with_place().filter(session=talk)
    assert [(seat.ticket_id, seat.ahead) for seat in waiting] == [
        (tickets[1].pk, 0),
        (tickets[2].pk, 1),
    ]
