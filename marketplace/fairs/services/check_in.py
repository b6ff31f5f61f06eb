"""Reading tickets at a door: who comes in is written once a day, whatever is read how often."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from marketplace.fairs.models import CheckIn, Door, Seat, Session, Ticket
from marketplace.fairs.reading_codes import parse_reading
from marketplace.fairs.visiting import is_on
from marketplace.fairs.visitor_refusals import DoorClosed, NotOpenToday


class Outcome(StrEnum):
    WELCOME = "welcome"
    ALREADY_IN = "already_in"
    WRONG_DAY = "wrong_day"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    OTHER_FAIR = "other_fair"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What the door says. `entry` is the first coming in of the day, `days` those that the ticket
    is for, `sessions` what it has a seat in today."""

    outcome: Outcome
    ticket: Ticket | None = None
    entry: CheckIn | None = None
    days: tuple[date, ...] = ()
    sessions: tuple[Session, ...] = ()


def check_in(*, door: Door, text: str, scan_id: UUID, now: datetime) -> Answer:
    """Let the ticket in, or say why not; only WELCOME writes a row, and only once a day.

    The same `scan_id` sent again gets the same answer. Raises DoorClosed or NotOpenToday.
    """
    day = timezone.localdate(now)
    with transaction.atomic():
        ticket = find_ticket(door, text)
        door.refresh_from_db(fields=["closed_at"])
        if door.closed_at:
            raise DoorClosed
        if not is_on(door.fair, day):
            raise NotOpenToday
        if refusal := why_not(door, ticket, day):
            return refusal
        entry = come_in(ticket=ticket, door=door, day=day, scan_id=scan_id, now=now)
    is_first = entry.pk in keys_of(scan_id, ticket)
    outcome = Outcome.WELCOME if is_first else Outcome.ALREADY_IN
    return Answer(outcome, ticket, entry=entry, sessions=tuple(sessions_on(ticket, day)))


def find_ticket(door: Door, text: str) -> Ticket | None:
    """Held until the end, so that it cannot be cancelled while it is let in."""
    reading, tickets = parse_reading(text), Ticket.objects.select_for_update(of=("self",))
    if reading.code:
        return tickets.for_door().filter(code=reading.code).first()
    if reading.number:
        return tickets.for_door().filter(fair=door.fair_id, number=reading.number).first()
    return None


def why_not(door: Door, ticket: Ticket | None, day: date) -> Answer | None:
    if ticket is None:
        return Answer(Outcome.UNKNOWN)
    if ticket.fair_id != door.fair_id:
        return Answer(Outcome.OTHER_FAIR, ticket)
    if ticket.cancelled_at:
        return Answer(Outcome.CANCELLED, ticket)
    entries = [seat for seat in ticket.seats.all() if seat.session.is_entry]
    days = tuple(seat.session.day for seat in entries)
    today = [seat for seat in entries if seat.session.day == day]
    if not today:
        return Answer(Outcome.WRONG_DAY, ticket, days=days)
    if today[0].state == Seat.State.WAITING:
        return Answer(Outcome.WAITING, ticket, days=days)
    return None


def sessions_on(ticket: Ticket, day: date) -> list[Session]:
    """Those beside entry in which a seat is confirmed."""
    seats = (seat for seat in ticket.seats.all() if seat.state == Seat.State.CONFIRMED)
    sessions = (seat.session for seat in seats if not seat.session.is_entry)
    return [session for session in sessions if session.day == day]


def keys_of(scan_id: UUID, ticket: Ticket) -> tuple[UUID, UUID]:
    """Under the phone's own id; under one made of it when the phone used that for another ticket,
    as a page without script does after “back”."""
    return scan_id, uuid5(scan_id, ticket.code)


def come_in(*, ticket: Ticket, door: Door, day: date, scan_id: UUID, now: datetime) -> CheckIn:
    """The ticket's one row of that day, written now unless it is there already."""
    mine = CheckIn.objects.filter(ticket=ticket, day=day).select_related("door")
    for key in keys_of(scan_id, ticket):
        row = CheckIn(id=key, ticket=ticket, door=door, day=day, at=now)
        CheckIn.objects.bulk_create([row], ignore_conflicts=True)
        if entry := mine.first():
            return entry
    raise CheckIn.DoesNotExist(f"{ticket.pk} did not come in")
