"""Naming places, with a trace of who changed what."""

from datetime import datetime

from django.db import transaction

from catalog.origins.services import Names, rename_region
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import keep_change


@transaction.atomic
def change_region(*, code: str, names: Names, by: User, now: datetime) -> None:
    """Raises ValidationError by field, Region.DoesNotExist."""
    before = rename_region(code=code, names=names)
    keep_change(
        room=Change.Room.REGION,
        subject=code,
        before=before._asdict(),
        after=names._asdict(),
        by=by,
        now=now,
    )
