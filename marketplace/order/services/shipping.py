"""Parcels on their way: handed to a carrier, arrived, done with."""

from copy import copy
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from marketplace.accounts.models import User
from marketplace.order.carriers import Carrier, is_number, normalise_number
from marketplace.order.models import Consignment
from marketplace.order.notices import Notice, write_notice
from marketplace.order.services.moves import MoveRefused, hold_consignments, move
from marketplace.order.states import State

AT_MOST = 500


class NumberRefused(Exception):
    """No carrier writes numbers like that; nothing was sent."""

    @property
    def words(self) -> str:
        return _("A tracking number has 4 to 40 letters, digits and hyphens.")


@transaction.atomic
def ship(
    *, consignment: Consignment, carrier: str, number: str, by: User | None, now: datetime
) -> Consignment:
    """Hand a packed parcel to the carrier under its number, and tell the buyer once.

    Raises NumberRefused, MoveRefused.
    """
    number = normalise_number(number)
    if not is_number(number):
        raise NumberRefused
    (held,) = move(consignments=[consignment], to=State.SHIPPED, by=by, reason="", now=now)
    held.carrier, held.tracking_number = Carrier(carrier), number
    held.save(update_fields=["carrier", "tracking_number"])
    write_notice(order=held.order, notice=Notice.SHIPPED, about=str(held.pk), parcel=held)
    return held


class NotOnItsWay(Exception):
    """The parcel has not left, or has arrived; its number stays as it is."""

    @property
    def words(self) -> str:
        return _("Only while a parcel is on its way can its number be corrected.")


@transaction.atomic
def correct_tracking(*, consignment: Consignment, carrier: str, number: str) -> Consignment | None:
    """Put right what was mistyped, and tell the buyer; None when it says the same as before.

    Returns the parcel as it was. Raises NumberRefused, NotOnItsWay.
    """
    number = normalise_number(number)
    if not is_number(number):
        raise NumberRefused
    (held,) = hold_consignments([consignment.pk])
    if held.state != State.SHIPPED:
        raise NotOnItsWay
    if (held.carrier, held.tracking_number) == (carrier, number):
        return None
    before = copy(held)
    held.carrier, held.tracking_number = Carrier(carrier), number
    held.save(update_fields=["carrier", "tracking_number"])
    about = f"{held.pk}:{carrier}:{number}"
    write_notice(order=held.order, notice=Notice.RENUMBERED, about=about, parcel=held)
    return before


def confirm_delivery(
    *, consignment: Consignment, by: User | None, reason: str = "", now: datetime
) -> None:
    """Somebody says that it has arrived; `by` is None for the buyer behind the signed link.

    Nothing happens to one that has arrived already. Raises MoveRefused.
    """
    try:
        move(consignments=[consignment], to=State.DELIVERED, by=by, reason=reason, now=now)
    except MoveRefused as refusal:
        if refusal.consignment.state not in (State.DELIVERED, State.COMPLETED):
            raise


def deliver_due(*, now: datetime) -> int:
    """Parcels of which nothing was heard for DELIVERED_AFTER_DAYS count as delivered; how many."""
    return move_due(State.SHIPPED, State.DELIVERED, settings.DELIVERED_AFTER_DAYS, now)


def complete_due(*, now: datetime) -> int:
    """Parcels whose time for claims is over are done with; how many."""
    return move_due(State.DELIVERED, State.COMPLETED, settings.CLAIM_DAYS, now)


def move_due(state: State, to: State, days: int, now: datetime) -> int:
    """Each on its own, with the reason in its order's language; one that moved meanwhile stays."""
    due = Consignment.objects.since(state, now - timedelta(days=days)).select_related("order")
    moved = 0
    for consignment in due[:AT_MOST]:
        with override(consignment.order.language):
            reason = reason_of(to, days)
        try:
            move(consignments=[consignment], to=to, by=None, reason=reason, now=now)
        except MoveRefused:
            continue
        moved += 1
    return moved


def reason_of(to: State, days: int) -> str:
    """What the buyer reads beside a step that nobody made."""
    if to == State.COMPLETED:
        return ""
    words = ngettext("%(days)s day after it was sent", "%(days)s days after it was sent", days)
    return words % {"days": days}
