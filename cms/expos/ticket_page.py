"""What a ticket's own page shows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from django.utils.translation import get_language

from cms.blocks.language import page_address
from cms.expos.models import FairPage
from marketplace.fairs.models import Fair, Seat, Session, Ticket
from marketplace.fairs.ticket_notices import ticket_url
from marketplace.fairs.visiting import is_past
from marketplace.qr import QrCode, qr_code


class TicketState(StrEnum):
    GOOD = "good"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    OVER = "over"
    ERASED = "erased"


@dataclass(frozen=True)
class SeatRow:
    """A seat as its row shows it while the ticket is live; `place` in the line of those who wait,
    from 1."""

    seat: Seat
    session: Session
    place: int
    can_cancel: bool

    @property
    def is_waiting(self) -> bool:
        return self.seat.state == Seat.State.WAITING


class TicketPage:
    """A ticket read with `for_page()`, at the moment `now`."""

    def __init__(self, ticket: Ticket, *, now: datetime) -> None:
        self.ticket, self.now = ticket, now

    @cached_property
    def rows(self) -> list[SeatRow]:
        live = [seat for seat in self.ticket.seats.all() if seat.state != Seat.State.CANCELLED]
        return [self.row(seat) for seat in live]

    def row(self, seat: Seat) -> SeatRow:
        is_open = not seat.session.is_entry and seat.session.ends_at > self.now
        return SeatRow(seat, seat.session, seat.ahead + 1, is_open)

    @property
    def entry(self) -> SeatRow | None:
        return next((row for row in self.rows if row.session.is_entry), None)

    @property
    def day(self) -> date | None:
        return self.entry.session.day if self.entry else None

    @property
    def state(self) -> TicketState:
        if self.ticket.erased_at:
            return TicketState.ERASED
        if self.ticket.cancelled_at:
            return TicketState.CANCELLED
        if is_past(self.ticket.fair, self.now):
            return TicketState.OVER
        is_waiting = self.entry is not None and self.entry.is_waiting
        return TicketState.WAITING if is_waiting else TicketState.GOOD

    @property
    def is_live(self) -> bool:
        return self.state in (TicketState.GOOD, TicketState.WAITING)

    @property
    def can_cancel(self) -> bool:
        is_open = any(row.session.ends_at > self.now for row in self.rows)
        return self.is_live and is_open and not self.ticket.came_at

    @property
    def code(self) -> QrCode | None:
        """Only of a ticket that opens the door."""
        return qr_code(ticket_url(self.ticket)) if self.state == TicketState.GOOD else None

    @property
    def number(self) -> str:
        """In two halves, as it is read out."""
        return f"{self.ticket.number[:4]} {self.ticket.number[4:]}"


def fair_address(fair: Fair) -> str:
    """Of the fair's page in the language of the reader; empty when it has none."""
    pages = FairPage.objects.live().filter(fair=fair).in_language(get_language())
    page = pages.select_related("locale").first()
    return page_address(page) if page else ""
