"""Reading the papers of businesses, first to end first."""

from datetime import date, timedelta

from django.db.models import Count, F, Q

from catalog.producers.models import CooperativePaper

SOON = timedelta(days=30)
VALID, ENDING, ENDED = "valid", "ending", "ended"


def is_in_state(state: str, day: date) -> Q:
    """What ends within thirty days is valid too, and counted by itself."""
    until = "paper__valid_until"
    if state == ENDED:
        return Q(**{f"{until}__lt": day})
    soon = Q(**{f"{until}__range": (day, day + SOON)})
    later = Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day + SOON})
    return soon if state == ENDING else later


def held_papers(**whose: object) -> object:
    """Links to papers with the business that holds them; those without end come last."""
    held = CooperativePaper.objects.filter(**whose).select_related("paper", "cooperative__county")
    return held.order_by(F("paper__valid_until").asc(nulls_last=True), "paper_id")


def count_states(held: object, day: date) -> dict[str, int]:
    counts = {
        state: Count("pk", filter=is_in_state(state, day)) for state in (VALID, ENDING, ENDED)
    }
    found = held.order_by().aggregate(**counts, every=Count("pk"))
    return {"": found.pop("every"), **found}
