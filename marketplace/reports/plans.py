"""Writing sales plans. What was written before is handed back, for whoever keeps it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.origins.models import Region
from marketplace.reports.models import Plan, PlanLine

FIRST_YEAR, LAST_YEAR = 2015, 2099


class Terms(NamedTuple):
    name: str
    name_en: str
    base_year: int
    target_year: int
    is_open: bool


class Slot(NamedTuple):
    """A line of a county's plan: a specialty by its key, and where it is sold."""

    specialty: int
    channel: str


class Goal(NamedTuple):
    """Yuan."""

    base: Decimal
    target: Decimal


@transaction.atomic
def save_plan(*, plan_id: int | None, terms: Terms) -> tuple[Plan, Terms | None]:
    """A new plan, or another one's terms. Raises ValidationError by field, Plan.DoesNotExist."""
    check_years(terms)
    if plan_id is None:
        return Plan.objects.create(**terms._asdict()), None
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan_id)
    before = Terms(*(getattr(plan, name) for name in Terms._fields))
    for name, value in terms._asdict().items():
        setattr(plan, name, value)
    plan.save(update_fields=Terms._fields)
    return plan, before


def check_years(terms: Terms) -> None:
    for name in ("base_year", "target_year"):
        if not FIRST_YEAR <= getattr(terms, name) <= LAST_YEAR:
            span = {"first": FIRST_YEAR, "last": LAST_YEAR}
            words = _("A year between %(first)s and %(last)s.") % span
            raise ValidationError({name: words})
    if terms.target_year <= terms.base_year:
        raise ValidationError({"target_year": _("The target year comes after the base year.")})


@transaction.atomic
def save_lines(
    *, plan_id: int, county: Region, goals: Mapping[Slot, Goal | None]
) -> dict[Slot, Goal]:
    """Write a county's lines of these slots, and say what they were. Without a goal there is no
    line: its sales then count as not planned."""
    Plan.objects.select_for_update(no_key=True).get(pk=plan_id)
    lines = {
        Slot(line.specialty_id, line.channel): line
        for line in PlanLine.objects.filter(plan=plan_id, county=county)
    }
    before = {slot: Goal(lines[slot].base, lines[slot].target) for slot in goals if slot in lines}
    changed = {slot: goal for slot, goal in goals.items() if before.get(slot) != goal}
    gone = [lines[slot].pk for slot in changed if slot in lines]
    PlanLine.objects.filter(pk__in=gone).delete()
    PlanLine.objects.bulk_create(
        PlanLine(
            plan_id=plan_id,
            county=county,
            specialty_id=slot.specialty,
            channel=slot.channel,
            **goal._asdict(),
        )
        for slot, goal in changed.items()
        if goal
    )
    return before
