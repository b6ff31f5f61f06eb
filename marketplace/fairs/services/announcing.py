"""Telling those concerned when a fair has other days, hours or another place than they know."""

from datetime import datetime
from typing import NamedTuple

from marketplace.fairs.models import Exhibitor, Fair, Session, Ticket
from marketplace.fairs.notices import tell_changed_fair
from marketplace.fairs.ticket_notices import tell_changed
from marketplace.fairs.visiting import is_past

State = Exhibitor.State
CONCERNED = (State.APPLIED, State.ACCEPTED, State.RESERVE)


class Known(NamedTuple):
    """What people were told; `programme` is beginning, end and place of each session by its key."""

    days: tuple
    place: tuple
    programme: dict[int, tuple]


def known_of(fair_id: int) -> Known:
    fairs = Fair.objects.filter(pk=fair_id)
    sessions = Session.objects.filter(fair=fair_id).order_by()
    return Known(
        fairs.values_list("begins_on", "ends_on", "opens_at", "closes_at", "last_closes_at").get(),
        fairs.values_list("venue", "region", "address").get(),
        {pk: about for pk, *about in sessions.values_list("pk", "begins_at", "ends_at", "place")},
    )


def tell_changes(*, fair: Fair, before: Known, now: datetime) -> None:
    """To visitors whose session or hall is another one, and to exhibitors of other days or another
    hall; once each for all that was changed together. A fair that is over has nothing to tell."""
    if is_past(fair, now):
        return
    after = known_of(fair.pk)
    is_moved = after.place != before.place
    other = [
        pk
        for pk, about in after.programme.items()
        if is_moved or about != before.programme.get(pk, about)
    ]
    tell_changed(tickets=Ticket.objects.with_seat_in(other, now), now=now)
    if is_moved or after.days != before.days:
        concerned = Exhibitor.objects.filter(fair=fair, state__in=CONCERNED)
        for exhibitor in concerned.select_related("cooperative").order_by("pk"):
            tell_changed_fair(exhibitor=exhibitor, fair=fair, now=now)
