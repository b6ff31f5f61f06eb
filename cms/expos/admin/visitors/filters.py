"""By day, session and state."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from marketplace.day_words import near_day
from marketplace.fairs.models import CheckIn, Seat, Session, Ticket

STATES = [
    ("confirmed", pgettext_lazy("seat", "Confirmed")),
    ("waiting", _("On the waiting list")),
    ("came", _("Came in")),
    ("missing", _("Not come in")),
    ("cancelled", _("Cancelled")),
]


def choice(label: str, method: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, method=method, empty_label=_("All"), widget=forms.RadioSelect
    )


class VisitorFilterSet(WagtailFilterSet):
    day = choice(_("Day"), "of_entry")
    session = choice(_("Session"), "in_session")
    state = choice(_("State"), "in_state")

    class Meta:
        model = Ticket
        fields: list[str] = []

    def __init__(self, *args: Any, sessions: Iterable[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(sessions)
        entries = [(one.pk, near_day(one.day)) for one in rows if one.is_entry]
        others = [(one.pk, str(one)) for one in rows if not one.is_entry and one.capacity]
        self.filters["day"].extra["choices"] = entries
        self.filters["session"].extra["choices"] = others
        self.filters["state"].extra["choices"] = STATES

    def of_entry(self, tickets: QuerySet[Ticket], name: str, value: str) -> QuerySet[Ticket]:
        return tickets.filter(Exists(seats_in(value)))

    in_session = of_entry

    def in_state(self, tickets: QuerySet[Ticket], name: str, value: str) -> QuerySet[Ticket]:
        came = Exists(CheckIn.objects.filter(ticket=OuterRef("pk")))
        waits = Exists(Seat.objects.filter(ticket=OuterRef("pk"), state=Seat.State.WAITING))
        entry = Seat.objects.filter(ticket=OuterRef("pk"), session__kind=Session.Kind.ENTRY)
        if value == "cancelled":
            return tickets.exclude(cancelled_at=None)
        live = tickets.live()
        return {
            "confirmed": live.filter(Exists(entry.filter(state=Seat.State.CONFIRMED))),
            "waiting": live.filter(waits),
            "came": live.filter(came),
            "missing": live.filter(~came),
        }[value]


def seats_in(session_id: str) -> QuerySet[Seat]:
    return Seat.objects.live().filter(ticket=OuterRef("pk"), session=session_id)
