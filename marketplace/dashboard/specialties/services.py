"""Changing specialties, with a trace of who changed what."""

from datetime import datetime

from django.db import transaction

from catalog.models import Category
from catalog.specialties import Texts, move_specialty, write_specialty
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import keep_change


@transaction.atomic
def change_specialty(
    *, pk: int | None, texts: Texts, photo: bytes | None, by: User, now: datetime
) -> Category:
    """Add one, or change one, and keep what it was; a clean photo becomes its picture.

    Raises ValidationError by field, Category.DoesNotExist.
    """
    category, before, after = write_specialty(pk=pk, texts=texts, photo=photo)
    keep_change(
        room=Change.Room.SPECIALTY,
        subject=str(category.pk),
        before=before,
        after=after,
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
