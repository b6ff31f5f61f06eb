"""Changing what delivery costs, with a trace of who changed what."""

from datetime import datetime

from django.db import transaction

from catalog.models.product import Storage
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import Values, keep_change
from marketplace.shipping.models import Tariff, Zone
from marketplace.shipping.services import Terms, remove_tariff, set_tariff


@transaction.atomic
def change_tariff(*, zone: Zone, storage: Storage, terms: Terms, by: User, now: datetime) -> None:
    """Set the terms and keep what they were. Raises ValidationError by field of Terms."""
    before = _held_values(zone, storage)
    set_tariff(zone=zone, storage=storage, terms=terms)
    _keep(zone, storage, before=before, after=values_of(terms), by=by, now=now)


@transaction.atomic
def stop_delivery(*, zone: Zone, storage: Storage, by: User, now: datetime) -> None:
    """Take the tariff away and keep what it was; nothing when there is none."""
    before = _held_values(zone, storage)
    remove_tariff(zone=zone, storage=storage)
    _keep(zone, storage, before=before, after=None, by=by, now=now)


def subject_of(zone: Zone, storage: Storage) -> str:
    return f"{zone.slug}:{storage}"


def values_of(terms: Terms | Tariff) -> Values:
    """As a change keeps them: amounts as text, to the fen."""
    values = {field: getattr(terms, field) for field in Terms._fields}
    amounts = ("base_fee", "step_fee", "free_from")
    return values | {
        field: f"{values[field]:.2f}" for field in amounts if values[field] is not None
    }


def _held_values(zone: Zone, storage: Storage) -> Values:
    """Of the tariff as it is now, while nobody else can change the zone's."""
    Zone.objects.select_for_update().get(pk=zone.pk)
    tariff = Tariff.objects.filter(zone=zone, storage=storage).first()
    return values_of(tariff) if tariff else None


def _keep(
    zone: Zone, storage: Storage, *, before: Values, after: Values, by: User, now: datetime
) -> None:
    keep_change(
        room=Change.Room.DELIVERY,
        subject=subject_of(zone, storage),
        before=before,
        after=after,
        by=by,
        now=now,
    )
