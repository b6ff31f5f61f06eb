"""What a visitor told us is forgotten; how many came is not."""

import uuid
from datetime import timedelta

import pytest

from marketplace.fairs.models import CheckIn, Seat, Session, Ticket
from marketplace.fairs.services.check_in import check_in
from marketplace.fairs.services.erasing import erase_visitors
from marketplace.outbox.models import Message
from tests.factories.visitors import FIRST_DAY, DoorFactory, SessionFactory, ticket_of

pytestmark = pytest.mark.django_db
# The fair's last day is the 17th of January.
DUE = FIRST_DAY + timedelta(days=2 + 30)


@pytest.fixture
def ticket():
    entry = SessionFactory()
    ticket = ticket_of(entry, email="li@example.com")
    check_in(
        door=DoorFactory(fair=entry.fair), text=ticket.code, scan_id=uuid.uuid4(), now=FIRST_DAY
    )
    return ticket


def told(ticket):
    ticket.refresh_from_db()
    return ticket.name, ticket.phone, ticket.email


def test_thirty_days_after_the_last_day_person_and_mails_are_forgotten(ticket):
    assert erase_visitors(now=DUE) == 1
    assert told(ticket) == ("", "", "")
    assert ticket.erased_at == DUE
    assert not Message.objects.exists()
    assert (Seat.objects.count(), CheckIn.objects.count()) == (1, 1)
    assert Session.objects.get().taken == 1
    assert erase_visitors(now=DUE) == 0


def test_not_a_day_earlier(ticket):
    before = told(ticket)
    assert erase_visitors(now=DUE - timedelta(days=1)) == 0
    assert told(ticket) == before
    assert Message.objects.count() == 1


def test_other_fairs_and_other_mails_stay(ticket):
    later = SessionFactory(fair__ends_on=FIRST_DAY.date() + timedelta(days=9))
    kept = ticket_of(later, email="li@example.com")
    other = Message.objects.create(event="order_paid:1", recipient="li@example.com")
    assert erase_visitors(now=DUE) == 1
    assert told(kept)[2] == "li@example.com"
    assert set(Message.objects.values_list("event", flat=True)) == {
        other.event,
        f"ticket:{kept.pk}:made",
    }


def test_many_tickets_are_erased_in_batches(ticket, monkeypatch):
    monkeypatch.setattr("marketplace.fairs.services.erasing.AT_A_TIME", 2)
    entry = Session.objects.get()
    for number in (2, 3, 4):
        ticket_of(entry, number=number)
    assert erase_visitors(now=DUE) == 4
    assert not Ticket.objects.exclude(phone="").exists()
