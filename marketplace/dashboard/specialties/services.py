"""Changing specialties, with a trace of who changed what."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from catalog.models import Category
from catalog.specialties import (
    StoredPicture,
    Texts,
    forget_picture,
    move_specialty,
    store_picture,
    write_specialty,
)
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import keep_change


def change_specialty(
    *, pk: int | None, texts: Texts, photo: bytes | None, by: User, now: datetime
) -> Category:
    """Add one, or change one, and keep what it was; a cleaned photo becomes its picture.

    Raises ValidationError by field, Category.DoesNotExist; nothing of the photo stays then.
    """
    picture = store_picture(photo) if photo else None
    try:
        return _write(pk, texts, picture, by, now)
    except (ValidationError, Category.DoesNotExist):
        if picture:
            forget_picture(picture)
        raise


@transaction.atomic
def _write(
    pk: int | None, texts: Texts, picture: StoredPicture | None, by: User, now: datetime
) -> Category:
    category, before = write_specialty(pk=pk, texts=texts, picture=picture)
    new = {"picture": picture.name} if picture else {}
    old = {"picture": ""} if picture else {}
    keep_change(
        room=Change.Room.SPECIALTY,
        subject=str(category.pk),
        before=before and before._asdict() | old,
        after=texts._asdict() | new,
        by=by,
        now=now,
    )
    return category


@transaction.atomic
def change_place(*, pk: int, up: bool, by: User, now: datetime) -> None:
    """Let it change places with its neighbour; at the end of the row nothing happens."""
    places = {True: "1", False: "2"}
    if move_specialty(pk=pk, up=up):
        keep_change(
            room=Change.Room.SPECIALTY,
            subject=str(pk),
            before={"place": places[not up]},
            after={"place": places[up]},
            by=by,
            now=now,
        )
