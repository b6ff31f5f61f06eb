"""Mails about a ticket, in its language, to the address that it was made with, if there is one."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.fairs.models import Seat, Session, Ticket
from marketplace.fairs.querysets import TicketQuerySet
from marketplace.outbox.services import Mail, write_message, write_messages

# The events of these mails are ticket:<pk>:<what>, by which they are found when it is erased.
EVENT = "ticket"


def ticket_url(ticket: Ticket) -> str:
    """Whoever has it has the ticket."""
    with override(ticket.language):
        return settings.SITE_URL + reverse("tickets:page", args=[ticket.code])


def tell_ticket(*, ticket: Ticket, event: str = "made") -> None:
    """The ticket's link, its number and its sessions."""
    with override(ticket.language):
        subject = _("Your ticket for %(fair)s") % {"fair": ticket.fair.name_text}
    seats = list(ticket.seats.live().by_time())
    waits = any(seat.session.is_entry and seat.state == Seat.State.WAITING for seat in seats)
    write(ticket, event, subject, "mail/ticket.txt", {"seats": seats, "waits": waits})


def send_ticket_again(*, ticket_id: int, now: datetime) -> None:
    """At most once an hour, so that a stranger cannot fill its owner's box."""
    ticket = Ticket.objects.select_related("fair").get(pk=ticket_id)
    tell_ticket(ticket=ticket, event=f"again:{now:%Y%m%d%H}")


def tell_moved_up(*, ticket: Ticket, session: Session) -> None:
    with override(ticket.language):
        subject = _("A seat for you: %(title)s") % {"title": session.title_text}
    write(ticket, f"up:{session.pk}", subject, "mail/ticket_moved_up.txt", {"session": session})


def tell_changed(*, tickets: TicketQuerySet, now: datetime) -> None:
    """How it is now, to all of them that have an address; in a few queries, however many."""
    mails = []
    for ticket in tickets.exclude(email="").for_door():
        with override(ticket.language):
            subject = _("%(fair)s: another time or place") % {"fair": ticket.fair.name_text}
        about = {"seats": ticket.seats.all()}
        what = f"changed:{now:%Y%m%d%H%M%S}"
        mails.append(mail(ticket, what, subject, "mail/ticket_changed.txt", about))
    write_messages(mails)


def write(ticket: Ticket, what: str, subject: str, template: str, about: dict) -> None:
    if ticket.email:
        write_message(**mail(ticket, what, subject, template, about)._asdict())


def mail(ticket: Ticket, what: str, subject: str, template: str, about: dict) -> Mail:
    link = ticket_url(ticket)
    with override(ticket.language):
        body = render_to_string(template, {"ticket": ticket, "link": link, **about})
    return Mail(f"{EVENT}:{ticket.pk}:{what}", ticket.email, subject[:200], body)
