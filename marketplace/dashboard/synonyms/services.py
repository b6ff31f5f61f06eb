"""Changing the words of the search, with a trace of who changed what."""

from datetime import datetime

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import Values, keep_change
from marketplace.search.editing import remove_synonyms, write_synonyms
from marketplace.search.models import SynonymGroup


@transaction.atomic
def change_words(*, group: SynonymGroup | None, text: str, by: User, now: datetime) -> SynonymGroup:
    """Add a group, or change one, and keep what it was. Raises ValidationError by field,
    SynonymGroup.DoesNotExist when it was removed meanwhile."""
    written, words = write_synonyms(group_id=group and group.pk, text=text)
    before = {"words": words} if group else None
    _keep(written.pk, before=before, after={"words": written.words}, by=by, now=now)
    return written


@transaction.atomic
def remove_words(*, group_id: int, by: User, now: datetime) -> None:
    """Take a group away and keep what it was; nothing when there is none."""
    removed = remove_synonyms(group_id=group_id)
    if removed is not None:
        _keep(group_id, before={"words": removed.words}, after=None, by=by, now=now)


def _keep(pk: int, *, before: Values, after: Values, by: User, now: datetime) -> None:
    keep_change(room=Change.Room.WORDS, subject=str(pk), before=before, after=after, by=by, now=now)
