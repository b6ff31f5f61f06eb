"""Counties of a plan, and what was changed on it."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from catalog.models import Category
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.dashboard.models import Change
from marketplace.dashboard.plans.forms import PlanForm
from marketplace.dashboard.words import ChangeRow, value_lines
from marketplace.order.models import Channel
from marketplace.reports.models import Plan, PlanLine

LATEST = 20


def counties_of(plan: Plan) -> QuerySet[Region]:
    """Where cooperatives are, and where the plan has lines."""
    lines = PlanLine.objects.filter(plan=plan).values("county")
    homes = Cooperative.objects.values("county")
    return Region.objects.filter(Q(pk__in=homes) | Q(pk__in=lines)).order_by("pk")


class CountySums(NamedTuple):
    """None where the county has no line."""

    county: Region
    base: Decimal | None
    target: Decimal | None


def counties_with_sums(plan: Plan) -> list[CountySums]:
    lines = PlanLine.objects.filter(plan=plan).order_by().values_list("county")
    sums = {county: rest for county, *rest in lines.annotate(Sum("base"), Sum("target"))}
    return [CountySums(one, *sums.get(one.pk, (None, None))) for one in counties_of(plan)]


def changes_of(plan: Plan) -> list[ChangeRow]:
    """Of its terms and of all its counties, the newest first."""
    subject = Q(subject=str(plan.pk)) | Q(subject__startswith=f"{plan.pk}/")
    changes = Change.objects.latest_of(Change.Room.PLAN).filter(subject)[:LATEST]
    counties = {one.pk: one.name_text for one in counties_of(plan)}
    labels = {name: str(field.label) for name, field in PlanForm.base_fields.items()}
    slots = slot_labels()
    words = {"added": _("Added"), "removed": _("Removed")}
    return [
        ChangeRow(
            counties.get(change.subject.partition("/")[2], plan.name_text),
            value_lines(change, slots if "/" in change.subject else labels, **words),
            change.at,
            change.by,
        )
        for change in changes
    ]


def slot_labels() -> dict[str, str]:
    return {
        f"{one.pk}/{channel.value}": f"{one.name_text} · {channel.label}"
        for one in Category.objects.specialties()
        for channel in Channel
    }
