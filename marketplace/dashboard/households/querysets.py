"""Reading the county's register for its list."""

from collections.abc import Mapping

from django.db.models import Case, CharField, Count, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from catalog.households.models import Household, Reveal, Standing
from catalog.households.querysets import HouseholdQuerySet
from catalog.origins.models import Region

ERASED = "erased"
STATES = [*Standing.Status.choices, (ERASED, _("Erased"))]


def find_households(county: Region, chosen: Mapping[str, object]) -> HouseholdQuerySet:
    """With `state`, by which chips count: what each is registered as now, or that it was erased."""
    now = Standing.objects.filter(household=OuterRef("pk"), ends_on=None)
    state = Case(
        When(erased_at__isnull=False, then=Value(ERASED)),
        default=Subquery(now.values("status")[:1]),
        output_field=CharField(),
    )
    rows = Household.objects.of_county(county).annotate(state=state)
    if chosen.get("category"):
        kind = Subquery(now.values("category__code")[:1])
        rows = rows.alias(kind=kind).filter(kind=chosen["category"])
    if chosen.get("township"):
        rows = rows.filter(township=chosen["township"])
    return rows


def count_states(rows: HouseholdQuerySet) -> dict[str, int]:
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    counts = {state: found.get(state, 0) for state, _label in STATES}
    return {"": sum(found.values()), **counts}


def for_rows(rows: HouseholdQuerySet) -> HouseholdQuerySet:
    return rows.with_standings().order_by("-pk")


def looks_in(county: Region) -> QuerySet[Reveal]:
    """Every look at a household of the county, the latest first."""
    looks = Reveal.objects.filter(household__county=county)
    return looks.select_related("household", "by").order_by("-pk")
