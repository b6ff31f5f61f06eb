"""Reading the posts of the programme."""

from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, When
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Posting
from marketplace.accounts.querysets import PostingQuerySet, in_force

HELD, COMING, OVER = "now", "coming", "past"
STATES = [(HELD, _("In force")), (COMING, _("Coming")), (OVER, _("Ended"))]


def is_in(state: str, day: date) -> Q:
    if state == COMING:
        return Q(begins_on__gt=day)
    return Q(ends_on__lt=day) if state == OVER else in_force(day)


def count_states(day: date) -> dict[str, int]:
    counts = {state: Count("pk", filter=is_in(state, day)) for state, _label in STATES}
    found = Posting.objects.order_by().aggregate(**counts, every=Count("pk"))
    return {"": found.pop("every"), **found}


def for_rows(day: date) -> PostingQuerySet:
    """Those in force, then the coming, then the ended, the latest first."""
    turn = Case(
        When(is_in(HELD, day), then=0),
        When(is_in(COMING, day), then=1),
        default=2,
        output_field=IntegerField(),
    )
    posts = Posting.objects.select_related("user", "region").alias(turn=turn)
    return posts.order_by("turn", F("ends_on").desc(nulls_first=True), "role", "-pk")
