"""A door answers every reading, and writes who comes in once a day."""

import uuid
from datetime import timedelta

import pytest

from marketplace.fairs.models import CheckIn, Fair, Session
from marketplace.fairs.reading_codes import Reading, parse_reading
from marketplace.fairs.services.check_in import Outcome, check_in
from marketplace.fairs.services.doors import close_door, open_door
from marketplace.fairs.services.seats import cancel_ticket
from marketplace.fairs.visitor_refusals import DoorClosed, DoorNameTaken, NotOpenToday
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


@pytest.fixture
def entry():
    return SessionFactory()


@pytest.fixture
def door(entry):
    return DoorFactory(fair=entry.fair)


@pytest.fixture
def ticket(entry):
    return ticket_of(entry)


def read(door, text, now=FIRST_DAY, scan_id=None):
    return check_in(door=door, text=text, scan_id=scan_id or uuid.uuid4(), now=now)


def test_a_ticket_is_welcome_on_its_day(door, entry):
    talk = TalkFactory(fair=entry.fair)
    ticket = ticket_of(entry, talk)
    answer = read(door, ticket.code)
    assert (answer.outcome, answer.ticket, answer.sessions) == (Outcome.WELCOME, ticket, (talk,))
    row = CheckIn.objects.get()
    assert (row.ticket, row.door, row.day, row.at) == (ticket, door, FIRST_DAY.date(), FIRST_DAY)


@pytest.mark.parametrize(
    "text", ["{number}", " {spaced} ", "https://yinshan.example/en/tickets/{code}/", "{code}"]
)
def test_number_code_and_address_are_read(door, ticket, text):
    spaced = f"{ticket.number[:4]} {ticket.number[4:]}"
    text = text.format(number=ticket.number, code=ticket.code, spaced=spaced)
    assert read(door, text).outcome == Outcome.WELCOME


def test_full_width_digits_are_digits():
    assert parse_reading("１２３４ ５６７８") == Reading(number="12345678")


@pytest.mark.parametrize("text", ["", "  ", "1234567", "<script>", "x" * 5000, "/tickets/x/", "١"])
def test_what_can_be_no_ticket_is_none(text):
    assert parse_reading(text) == Reading()


def test_who_is_in_already_is_told_since_when_and_where(door, ticket):
    read(door, ticket.code)
    other = DoorFactory(fair=door.fair)
    answer = read(other, ticket.number, FIRST_DAY + timedelta(minutes=5))
    assert answer.outcome == Outcome.ALREADY_IN
    assert (answer.entry.at, answer.entry.door) == (FIRST_DAY, door)
    assert CheckIn.objects.count() == 1


def test_the_same_reading_sent_twice_is_one(door, ticket):
    scan_id = uuid.uuid4()
    answers = [read(door, ticket.code, scan_id=scan_id) for _ in range(2)]
    assert [answer.outcome for answer in answers] == [Outcome.WELCOME] * 2
    assert CheckIn.objects.get().pk == scan_id


def test_an_id_used_for_another_ticket_lets_both_in(door, entry, ticket):
    scan_id, second = uuid.uuid4(), ticket_of(entry, number=2)
    for one in (ticket, second, second):
        assert read(door, one.code, scan_id=scan_id).outcome == Outcome.WELCOME
    assert CheckIn.objects.count() == 2


def refused(door, text, now=FIRST_DAY):
    answer = read(door, text, now)
    assert not CheckIn.objects.exists()
    return answer


def test_a_ticket_for_another_day_is_told_its_day(door, ticket):
    answer = refused(door, ticket.code, SECOND_DAY)
    assert (answer.outcome, answer.days) == (Outcome.WRONG_DAY, (FIRST_DAY.date(),))


def test_a_cancelled_ticket_is_refused(door, ticket):
    cancel_ticket(code=ticket.code, now=BEFORE)
    assert refused(door, ticket.code).outcome == Outcome.CANCELLED


def test_who_waits_for_a_seat_is_not_let_in(door, entry, ticket):
    Session.objects.filter(pk=entry.pk).update(capacity=1)
    assert refused(door, ticket_of(entry, number=2).code).outcome == Outcome.WAITING


def test_forged_codes_and_numbers_are_unknown(door, ticket):
    wrong = str(10_000_000 + (int(ticket.number) + 1) % 90_000_000)
    for text in ("A" * 32, wrong, ticket.code[:-1], "<b>x</b>", ""):
        assert refused(door, text).outcome == Outcome.UNKNOWN


def test_a_ticket_of_another_fair_is_told_so(door):
    other = ticket_of(SessionFactory())
    answer = refused(door, other.code)
    assert (answer.outcome, answer.ticket.fair) == (Outcome.OTHER_FAIR, other.fair)
    assert refused(door, other.number).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_nothing_is_read_on_other_days(door, ticket, now):
    with pytest.raises(NotOpenToday):
        read(door, ticket.code, now)
    assert not CheckIn.objects.exists()


def test_nothing_is_read_once_the_fair_is_closed(door, ticket):
    Fair.objects.filter(pk=door.fair_id).update(state="closed")
    door.refresh_from_db()
    with pytest.raises(NotOpenToday):
        read(door, ticket.code)
    assert not CheckIn.objects.exists()


def test_a_closed_door_reads_nothing(door, ticket):
    assert close_door(door=door, now=FIRST_DAY)
    assert not close_door(door=door, now=SECOND_DAY)
    with pytest.raises(DoorClosed):
        read(door, ticket.code)
    assert not CheckIn.objects.exists()
    door.refresh_from_db()
    assert door.closed_at == FIRST_DAY


def test_a_door_has_a_link_of_its_own_and_a_name_once(entry):
    north = open_door(fair=entry.fair, name=" 北门 ")
    assert (north.name, len(north.token)) == ("北门", 43)
    with pytest.raises(DoorNameTaken):
        open_door(fair=entry.fair, name="北门")
    assert entry.fair.doors.count() == 1
    assert open_door(fair=SessionFactory().fair, name="北门").token != north.token
