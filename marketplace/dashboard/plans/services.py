"""Writing sales plans, with a trace of who changed what."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from catalog.origins.models import Region
from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import Values, keep_change
from marketplace.reports.models import Plan
from marketplace.reports.plans import Goal, Slot, Terms, save_lines, save_plan


@transaction.atomic
def write_plan(*, plan_id: int | None, terms: Terms, by: User, now: datetime) -> Plan:
    """A new one, or another one's terms. Raises ValidationError by field."""
    plan, before = save_plan(plan_id=plan_id, terms=terms)
    keep_change(
        room=Change.Room.PLAN,
        subject=str(plan.pk),
        before=before._asdict() if before else None,
        after=terms._asdict(),
        by=by,
        now=now,
    )
    return plan


@transaction.atomic
def write_lines(
    *, plan: Plan, county: Region, goals: Mapping[Slot, Goal | None], by: User, now: datetime
) -> None:
    """A county's lines of a plan; those alone are kept that have changed."""
    before = save_lines(plan_id=plan.pk, county=county, goals=goals)
    changed = [slot for slot, goal in goals.items() if before.get(slot) != goal]
    keep_change(
        room=Change.Room.PLAN,
        subject=f"{plan.pk}/{county.pk}",
        before=values_of(before, changed),
        after=values_of(goals, changed),
        by=by,
        now=now,
    )


def values_of(goals: Mapping[Slot, Goal | None], slots: list[Slot]) -> Values:
    """Base and target in words by specialty and channel; None where there is no line."""
    found = {}
    for slot in slots:
        goal = goals.get(slot)
        words = f"{goal.base:.2f} → {goal.target:.2f}" if goal else None
        found[f"{slot.specialty}/{slot.channel}"] = words
    return found
