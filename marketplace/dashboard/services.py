"""Keeping what was changed in the back office."""

from datetime import datetime

from marketplace.accounts.models import User
from marketplace.dashboard.models import Change

Values = dict[str, object] | None


def keep_change(
    *,
    room: Change.Room,
    subject: str,
    before: Values,
    after: Values,
    by: User,
    now: datetime,
) -> None:
    """Write the change in the caller's transaction; nothing when nothing has changed."""
    if before == after:
        return
    Change.objects.create(
        room=room,
        subject=subject,
        before=before,
        after=after,
        by=by,
        at=now,
    )
