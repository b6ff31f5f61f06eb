"""Forgetting who came: what the consent promises, kept by the worker."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.fairs.models import Ticket
from marketplace.fairs.ticket_notices import EVENT
from marketplace.fairs.visiting import KEPT_FOR
from marketplace.outbox.models import Message

AT_A_TIME = 500


def erase_visitors(*, now: datetime) -> int:
    """Name, phone and e-mail of every ticket of fairs that ended that long ago, and the mails that
    were written to them. Seats and check-ins stay: they count without a name. How many tickets."""
    last_day = timezone.localdate(now - KEPT_FOR)
    pks = list(Ticket.objects.to_erase(last_day).order_by("pk").values_list("pk", flat=True))
    batches = (pks[start : start + AT_A_TIME] for start in range(0, len(pks), AT_A_TIME))
    return sum(erase_batch(pks=batch, now=now) for batch in batches)


@transaction.atomic
def erase_batch(*, pks: Sequence[int], now: datetime) -> int:
    tickets = Ticket.objects.select_for_update().filter(pk__in=pks, erased_at=None).order_by("pk")
    emails = {ticket.pk: ticket.email for ticket in tickets}
    mails = Message.objects.filter(
        event__startswith=f"{EVENT}:", recipient__in=set(filter(None, emails.values()))
    )
    theirs = [pk for pk, event in mails.values_list("pk", "event") if ticket_of(event) in emails]
    Message.objects.filter(pk__in=theirs).delete()
    return Ticket.objects.filter(pk__in=emails).update(name="", phone="", email="", erased_at=now)


def ticket_of(event: str) -> int:
    """Whose mail it is, by the event's name."""
    return int(event.split(":")[1])
