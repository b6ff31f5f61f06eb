"""Exchanging the pictures of producers, with a trace of who did."""

from datetime import datetime

from django.db import transaction

from catalog.portraits import put_badge
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import keep_change


@transaction.atomic
def change_badge(*, cooperative: Cooperative, photo: bytes, by: User, now: datetime) -> None:
    before, after = put_badge(cooperative_id=cooperative.pk, photo=photo)
    keep_change(
        room=Change.Room.BADGE,
        subject=str(cooperative.pk),
        before={"picture": before},
        after={"picture": after},
        by=by,
        now=now,
    )
