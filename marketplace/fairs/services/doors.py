"""Doors: opened by the organiser, read at by whoever has the link, and closed again."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from marketplace.fairs.models import Door, Fair
from marketplace.fairs.visitor_refusals import DoorNameTaken

TOKEN_BYTES = 32  # 43 signs


def open_door(*, fair: Fair, name: str) -> Door:
    """A door with a link of its own. Raises DoorNameTaken, or ValidationError by field."""
    door = Door(fair=fair, name=name.strip(), token=secrets.token_urlsafe(TOKEN_BYTES))
    door.clean_fields(exclude={"fair", "closed_at"})
    try:
        with transaction.atomic():
            door.save(force_insert=True)
    except IntegrityError as taken:
        raise DoorNameTaken from taken
    return door


def close_door(*, door: Door, now: datetime) -> bool:
    """Its link reads no more tickets; False when it was closed before."""
    return Door.objects.filter(pk=door.pk, closed_at=None).update(closed_at=now) == 1
