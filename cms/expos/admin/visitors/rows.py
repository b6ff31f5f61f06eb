"""A visitor in words: for the list, and for the spreadsheet."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.day_words import near_day
from marketplace.fairs.models import Seat, Ticket
from marketplace.localised import listing


def entry_of(ticket: Ticket) -> Seat | None:
    return next((seat for seat in ticket.seats.all() if seat.session.is_entry), None)


def day_of(ticket: Ticket) -> str:
    entry = entry_of(ticket)
    return near_day(entry.session.day) if entry else ""


def sessions_of(ticket: Ticket) -> str:
    """Those beside entry, each with whether it is only waited for."""
    seats = (seat for seat in ticket.seats.all() if not seat.session.is_entry)
    return listing(session_words(seat) for seat in seats)


def session_words(seat: Seat) -> str:
    title = seat.session.title_text
    if seat.state == Seat.State.WAITING:
        return _("%(title)s (waiting)") % {"title": title}
    return title


def state_of(ticket: Ticket) -> str:
    entry = entry_of(ticket)
    if ticket.cancelled_at:
        return _("Cancelled")
    if ticket.came_at:
        return _("Came in %(time)s") % {"time": stamp(ticket.came_at)[-5:]}
    if entry and entry.state == Seat.State.WAITING:
        return _("On the waiting list")
    return pgettext("seat", "Confirmed")


def sheet_row(ticket: Ticket) -> dict[str, str]:
    return {
        "number": ticket.number,
        "name": ticket.name,
        "phone": ticket.phone,
        "email": ticket.email,
        "purpose": str(ticket.get_purpose_display()),
        "day": day_of(ticket),
        "sessions": sessions_of(ticket),
        "state": state_of(ticket),
        "signed_up": stamp(ticket.consented_at),
        "came_in": stamp(ticket.came_at),
    }


def stamp(moment: datetime | None) -> str:
    """2027-01-15 10:42, in Beijing."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
