"""Marks for an application, given by the reviewers whom the fair names."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.fairs.models import Exhibitor, Review, Reviewer
from marketplace.fairs.refusals import DecidedAlready, NotReviewer
from marketplace.fairs.services.deciding import check_not_own
from marketplace.fairs.services.locks import hold_exhibitor
from marketplace.fairs.services.steps import check_not_over


class Marks(NamedTuple):
    """0 to 5 each."""

    households: int
    recognition: int
    stock: int
    complaints: int


@transaction.atomic
def score_exhibitor(
    *, exhibitor_id: int, marks: Marks, note: str, by: User, now: datetime
) -> Review:
    """Once per person, and changed as often as they like until it is decided.

    Raises FairOver, NotReviewer, OwnCooperative, DecidedAlready.
    """
    exhibitor = hold_exhibitor(exhibitor_id)
    check_not_over(exhibitor.fair)
    if not Reviewer.objects.filter(fair=exhibitor.fair_id, user=by).exists():
        raise NotReviewer
    check_not_own(exhibitor, by=by, now=now)
    if exhibitor.state != Exhibitor.State.APPLIED:
        raise DecidedAlready
    review, _is_new = Review.objects.update_or_create(
        exhibitor=exhibitor,
        reviewer=by,
        defaults={**marks._asdict(), "note": note, "at": now},
    )
    return review
