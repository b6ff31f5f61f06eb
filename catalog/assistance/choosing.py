"""Choosing households for an agreement without seeing who they are."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from catalog.assistance.models import Agreement
from catalog.households.models import Category, Household, Standing


def households_to_choose(
    *, agreement: Agreement, township: str, category: str, day: date
) -> QuerySet[Household]:
    """Pseudonyms of the county that are not on the list, of that township and registered as that
    on the day, if they are named; those that have left the register are left out."""
    standings = Standing.objects.in_force(day).filter(household=OuterRef("pk"))
    left = standings.filter(status=Standing.Status.LEFT)
    found = Household.objects.of_county(agreement.county).registered().filter(~Exists(left))
    found = found.exclude(pk__in=agreement.members.values("household"))
    if township:
        found = found.filter(township=township)
    if category:
        found = found.filter(Exists(standings.filter(category__code=category)))
    found = found.select_related("township").defer(*Household.SEALED, "id_digest")
    return found.order_by("township_id", "code")


def category_choices() -> list[tuple[str, str]]:
    return [(one.code, one.name_text) for one in Category.objects.in_order()]
