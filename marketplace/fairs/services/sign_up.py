"""Signing up for a fair: free, without an account, one ticket for each mobile number."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction

from marketplace.fairs.models import Fair, Session, Ticket
from marketplace.fairs.services.seats import take_seat
from marketplace.fairs.ticket_notices import send_ticket_again, tell_ticket
from marketplace.fairs.visiting import takes_visitors
from marketplace.fairs.visitor_refusals import (
    AlreadySignedUp,
    ConsentMissing,
    NotOneDay,
    NotSignedUpFor,
    NoVisitorsNow,
    SessionOnAnotherDay,
    SessionOver,
)

CODE_BYTES = 24  # 192 bits, which are 32 signs
NUMBERS = range(10_000_000, 100_000_000)
MOST_TRIES = 20
UNTYPED = {"fair", "cancelled_at", "erased_at"}


class Visitor(NamedTuple):
    """Who wants to come, as the form has read it."""

    name: str
    phone: str
    email: str = ""
    purpose: str = Ticket.Purpose.SHOPPING


def sign_up(
    *,
    fair: Fair,
    visitor: Visitor,
    sessions: Sequence[int],
    consented: bool,
    language: str,
    now: datetime,
) -> Ticket:
    """A ticket with a seat in each session, or a place on its waiting list when it is full.

    Raises a VisitorRefused, or ValidationError by field, and nothing is written but, for a number
    that has a ticket, one more mail with its link to the address that it was made with.
    """
    if not consented:
        raise ConsentMissing
    try:
        return write_ticket(
            fair=fair, visitor=visitor, sessions=sessions, language=language, now=now
        )
    except AlreadySignedUp as refusal:
        send_ticket_again(ticket_id=refusal.ticket_id, now=now)
        raise


@transaction.atomic
def write_ticket(
    *, fair: Fair, visitor: Visitor, sessions: Sequence[int], language: str, now: datetime
) -> Ticket:
    held = list(Session.objects.lock(sessions))
    fair = Fair.objects.get(pk=fair.pk)
    if not takes_visitors(fair, now):
        raise NoVisitorsNow
    check_sessions(fair=fair, sessions=held, now=now)
    ticket = Ticket(
        fair=fair,
        language=language,
        consented_at=now,
        **visitor._replace(name=visitor.name.strip())._asdict(),
    )
    save_ticket(ticket)
    for session in held:
        take_seat(ticket=ticket, session=session, now=now)
    tell_ticket(ticket=ticket)
    return ticket


def check_sessions(*, fair: Fair, sessions: Sequence[Session], now: datetime) -> None:
    """One day's entry, and what has seats on that day and is not over."""
    entries = [session for session in sessions if session.is_entry and session.fair_id == fair.pk]
    if len(entries) != 1:
        raise NotOneDay
    for session in sessions:
        if session.fair_id != fair.pk or (session.capacity is None and not session.is_entry):
            raise NotSignedUpFor(session)
        if session.ends_at <= now:
            raise SessionOver(session)
        if session.day != entries[0].day:
            raise SessionOnAnotherDay(session)


def save_ticket(ticket: Ticket) -> None:
    """Under a code that cannot be guessed and a number that is free in its fair.

    The constraints decide: of one phone twice at once, one is refused.
    """
    for _ in range(MOST_TRIES):
        ticket.code = secrets.token_urlsafe(CODE_BYTES)
        ticket.number = str(NUMBERS[secrets.randbelow(len(NUMBERS))])
        ticket.clean_fields(exclude=UNTYPED)
        try:
            with transaction.atomic():
                ticket.save(force_insert=True)
            return
        except IntegrityError:
            ticket.pk = None
            refuse_second(ticket)
    raise IntegrityError("No number is free in this fair.")


def refuse_second(ticket: Ticket) -> None:
    """Raise AlreadySignedUp when the number has a ticket for the fair."""
    live = Ticket.objects.live().filter(fair=ticket.fair_id, phone=ticket.phone)
    if first := live.first():
        raise AlreadySignedUp(first.pk, bool(first.email))
