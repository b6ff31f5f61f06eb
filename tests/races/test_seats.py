"""Many visitors at the same moment: no seat too many, nobody lost, nobody in twice."""

import uuid
from datetime import timedelta
from functools import partial

import pytest

from marketplace.fairs.models import CheckIn, Seat, Session, Ticket
from marketplace.fairs.services.check_in import Outcome, check_in
from marketplace.fairs.services.seats import (
    cancel_seat,
    cancel_ticket,
    move_up_waiting,
    resize_session,
)
from marketplace.fairs.visitor_refusals import AlreadySignedUp, SeatIsGone
from marketplace.outbox.models import Message
from tests.factories.visitors import (
    BEFORE,
    FIRST_DAY,
    DoorFactory,
    SessionFactory,
    TalkFactory,
    phone_of,
    ticket_of,
)
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def entry():
    return SessionFactory()


def states(session):
    return sorted(Seat.objects.filter(session=session).values_list("state", flat=True))


def check_counters():
    """Each counter equals the number of its confirmed seats, and is within the capacity."""
    for session in Session.objects.all():
        assert session.taken == session.seats.filter(state=Seat.State.CONFIRMED).count()
        assert session.taken <= session.capacity


def queue_of(entry, talk, *numbers):
    """One ticket after another, in the order of their numbers."""
    return [
        ticket_of(entry, talk, number=n, email=f"v{n}@example.com", now=BEFORE + timedelta(hours=n))
        for n in numbers
    ]


@pytest.mark.parametrize("turn", ROUNDS)
def test_8_visitors_want_the_last_seat(turn, entry):
    talk = TalkFactory(fair=entry.fair, capacity=1)
    results = at_once([partial(ticket_of, entry, talk, number=n) for n in range(8)])
    assert {type(result) for result in results} == {Ticket}
    assert states(talk) == ["confirmed"] + ["waiting"] * 7
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_visitors_of_the_same_sessions_in_any_order_do_not_block_each_other(turn, entry):
    talks = [TalkFactory(fair=entry.fair, capacity=3) for _ in range(4)]
    calls = [
        partial(ticket_of, entry, *(talks if n % 2 else reversed(talks)), number=n)
        for n in range(8)
    ]
    assert {type(result) for result in at_once(calls)} == {Ticket}
    assert [states(talk).count("confirmed") for talk in talks] == [3] * 4
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_phone_8_times_has_one_ticket(turn, entry):
    other = SessionFactory(fair=entry.fair, on=1)
    calls = [
        partial(ticket_of, (entry, other)[n % 2], number=n, phone=phone_of(0)) for n in range(8)
    ]
    results = at_once(calls)
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == [AlreadySignedUp.__name__] * 7 + ["Ticket"]
    assert (Ticket.objects.count(), Seat.objects.count()) == (1, 1)
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_line_moves_up_in_order_while_others_cancel(turn, entry):
    talk = TalkFactory(fair=entry.fair, capacity=3)
    tickets = queue_of(entry, talk, *range(9))
    now = BEFORE + timedelta(days=1)
    leaving = [tickets[n] for n in (0, 1, 4)]
    calls = [partial(cancel_seat, code=t.code, session_id=talk.pk, now=now) for t in leaving]
    calls += [partial(cancel_ticket, code=tickets[2].code, now=now)]
    calls += [partial(move_up_waiting, now=now)] * 2
    assert not [result for result in at_once(calls) if isinstance(result, Exception)]
    kept = [3, 5, 6]
    confirmed = Seat.objects.filter(session=talk, state=Seat.State.CONFIRMED)
    assert set(confirmed.values_list("ticket", flat=True)) == {tickets[n].pk for n in kept}
    assert states(talk) == ["cancelled"] * 4 + ["confirmed"] * 3 + ["waiting"] * 2
    told = Message.objects.filter(event__contains=":up:").values_list("recipient", flat=True)
    assert {f"v{n}@example.com" for n in kept} <= set(told)
    assert len(told) == len(set(told))
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_who_signs_up_while_a_seat_gets_free_overtakes_nobody(turn, entry):
    talk = TalkFactory(fair=entry.fair, capacity=1)
    first, second = queue_of(entry, talk, 1, 2)
    now = BEFORE + timedelta(days=1)
    calls = [partial(cancel_seat, code=first.code, session_id=talk.pk, now=now)]
    calls += [partial(ticket_of, entry, talk, number=n, now=now) for n in range(3, 9)]
    at_once(calls)
    assert Seat.objects.get(session=talk, state=Seat.State.CONFIRMED).ticket == second
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_more_seats_while_visitors_come_and_go_are_all_given_out(turn, entry):
    talk = TalkFactory(fair=entry.fair, capacity=2)
    tickets = queue_of(entry, talk, *range(6))
    now = BEFORE + timedelta(days=1)
    calls = [partial(resize_session, session_id=talk.pk, capacity=4, now=now)]
    calls += [partial(cancel_ticket, code=tickets[n].code, now=now) for n in (0, 5)]
    calls += [partial(ticket_of, entry, talk, number=n, now=now) for n in (7, 8)]
    calls += [partial(move_up_waiting, now=now)]
    assert not [result for result in at_once(calls) if isinstance(result, Exception)]
    assert states(talk) == ["cancelled"] * 2 + ["confirmed"] * 4 + ["waiting"] * 2
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_seat_that_is_given_back_8_times_comes_back_once(turn, entry):
    talk = TalkFactory(fair=entry.fair, capacity=2)
    first, _second, _third = queue_of(entry, talk, 1, 2, 3)
    now = BEFORE + timedelta(days=1)
    results = at_once([partial(cancel_seat, code=first.code, session_id=talk.pk, now=now)] * 8)
    assert [type(result) for result in results].count(SeatIsGone) == 7
    assert states(talk) == ["cancelled", "confirmed", "confirmed"]
    check_counters()


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_doors_read_one_ticket_and_one_lets_it_in(turn, entry):
    ticket = ticket_of(entry)
    doors = [DoorFactory(fair=entry.fair) for _ in range(2)]
    calls = [
        partial(check_in, door=doors[n % 2], text=ticket.code, scan_id=uuid.uuid4(), now=FIRST_DAY)
        for n in range(8)
    ]
    outcomes = sorted(answer.outcome for answer in at_once(calls))
    assert outcomes == [Outcome.ALREADY_IN] * 7 + [Outcome.WELCOME]
    assert CheckIn.objects.count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_reading_sent_8_times_is_welcome_8_times_and_written_once(turn, entry):
    ticket, door, scan_id = ticket_of(entry), DoorFactory(fair=entry.fair), uuid.uuid4()
    call = partial(check_in, door=door, text=ticket.code, scan_id=scan_id, now=FIRST_DAY)
    assert {answer.outcome for answer in at_once([call] * 8)} == {Outcome.WELCOME}
    assert CheckIn.objects.get().pk == scan_id


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_ticket_is_cancelled_or_let_in_and_never_both(turn, entry):
    ticket, door = ticket_of(entry), DoorFactory(fair=entry.fair)
    read = partial(check_in, door=door, text=ticket.code, now=FIRST_DAY)
    calls = [partial(read, scan_id=uuid.uuid4()) for _ in range(4)]
    at_once([*calls, partial(cancel_ticket, code=ticket.code, now=FIRST_DAY)])
    ticket.refresh_from_db()
    assert (ticket.cancelled_at is None) == ticket.check_ins.exists()
    check_counters()
