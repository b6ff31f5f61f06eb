"""Seats: taken, waited for, given back, and handed to whoever waits first.

Whoever changes seats of a session holds its row, so that a seat that gets free and somebody who
begins to wait cannot miss each other.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from marketplace.fairs.models import Seat, Session, Ticket
from marketplace.fairs.ticket_notices import tell_moved_up
from marketplace.fairs.visitor_refusals import SeatIsGone, TooFewSeats


def take_seat(*, ticket: Ticket, session: Session, now: datetime) -> Seat:
    """A confirmed seat, or one on the waiting list. The session's row is held by the caller.

    Nobody overtakes those who wait: what is free goes to them first.
    """
    move_up(session=session, now=now)
    room = Session.objects.with_room().filter(pk=session.pk)
    is_taken = room.update(taken=F("taken") + 1) == 1
    state = Seat.State.CONFIRMED if is_taken else Seat.State.WAITING
    return Seat.objects.create(ticket=ticket, session=session, state=state, asked_at=now)


@transaction.atomic
def cancel_seat(*, code: str, session_id: int, now: datetime) -> Seat:
    """Give one seat back; with the seat of the day's entry the whole ticket goes.

    Raises SeatIsGone, and Ticket.DoesNotExist or Seat.DoesNotExist for what is not theirs.
    """
    seat = Seat.objects.select_related("session").get(ticket__code=code, session=session_id)
    if seat.session.is_entry:
        cancel_ticket(code=code, now=now)
        return seat
    (session,) = Session.objects.lock([session_id])
    ticket = Ticket.objects.select_for_update().get(code=code)
    seat.refresh_from_db()
    if ticket.cancelled_at or seat.state == Seat.State.CANCELLED or session.ends_at <= now:
        raise SeatIsGone
    give_back(seat=seat, now=now)
    return seat


@transaction.atomic
def cancel_ticket(*, code: str, now: datetime) -> Ticket:
    """Give all seats back. Not after the ticket was used, nor after its last session.

    Raises SeatIsGone, or Ticket.DoesNotExist.
    """
    ticket = Ticket.objects.get(code=code)
    pks = ticket.seats.values_list("session", flat=True)
    sessions = {session.pk: session for session in Session.objects.lock(list(pks))}
    ticket = Ticket.objects.select_for_update().get(pk=ticket.pk)
    is_over = all(session.ends_at <= now for session in sessions.values())
    if ticket.cancelled_at or is_over or ticket.check_ins.exists():
        raise SeatIsGone
    ticket.cancelled_at = now
    ticket.save(update_fields=["cancelled_at"])
    for seat in ticket.seats.live().order_by("session"):
        give_back(seat=seat, now=now)
    return ticket


def give_back(*, seat: Seat, now: datetime) -> None:
    """Free it for whoever waits first. The session's row is held by the caller."""
    was_confirmed = seat.state == Seat.State.CONFIRMED
    seat.state = Seat.State.CANCELLED
    seat.save(update_fields=["state"])
    if was_confirmed:
        Session.objects.filter(pk=seat.session_id).update(taken=F("taken") - 1)
        move_up(session=seat.session, now=now)


def move_up(*, session: Session, now: datetime) -> int:
    """Give what is free to those who wait, in the order in which they asked; how many moved.

    The session's row is held by the caller. Of a session that is over nobody moves.
    """
    session.refresh_from_db(fields=["capacity", "taken", "ends_at"])
    if session.ends_at <= now or session.is_full:
        return 0
    waiting = session.seats.waiting().select_related("ticket__fair")
    first = list(waiting if session.capacity is None else waiting[: session.seats_left])
    if not first:
        return 0
    Session.objects.filter(pk=session.pk).update(taken=F("taken") + len(first))
    pks = [seat.pk for seat in first]
    Seat.objects.filter(pk__in=pks).update(state=Seat.State.CONFIRMED, moved_up_at=now)
    for seat in first:
        tell_moved_up(ticket=seat.ticket, session=session)
    return len(first)


@transaction.atomic
def resize_session(*, session_id: int, capacity: int, now: datetime) -> Session:
    """Give a session so many seats; who waits moves up at once. Raises TooFewSeats."""
    (session,) = Session.objects.lock([session_id])
    if capacity < max(1, session.taken):
        raise TooFewSeats(session.taken)
    session.capacity = capacity
    session.save(update_fields=["capacity"])
    move_up(session=session, now=now)
    session.refresh_from_db()
    return session


def move_up_waiting(*, now: datetime) -> int:
    """Wherever a seat is free and somebody waits, as after an editor gave a session more seats.

    Each session in a transaction of its own; how many moved up.
    """
    pks = list(Session.objects.with_people_waiting(now).values_list("pk", flat=True))
    return sum(move_up_one(session_id=pk, now=now) for pk in pks)


@transaction.atomic
def move_up_one(*, session_id: int, now: datetime) -> int:
    """Nobody, should the session have gone meanwhile."""
    return sum(move_up(session=one, now=now) for one in Session.objects.lock([session_id]))
