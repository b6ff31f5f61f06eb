"""One page of the county's register, one of the looks at it, and one of the sheets sent in."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.households.masking import masked_name
from catalog.households.models import Household, RegisterImport, Standing
from catalog.origins.models import Region
from marketplace.dashboard.households.forms import HouseholdFilterForm
from marketplace.dashboard.households.querysets import (
    ERASED,
    STATES,
    count_states,
    find_households,
    for_rows,
    looks_in,
)
from marketplace.dashboard.listing import Chip, FilterForm, Listing, read_page


@dataclass(frozen=True)
class Row:
    """A household as everybody at the desk may see it in passing."""

    household: Household

    @property
    def standing(self) -> Standing | None:
        return next(iter(self.household.standings.all()), None)

    @property
    def name(self) -> str:
        return masked_name(self.household)

    @property
    def state(self) -> str:
        if self.household.erased_at:
            return ERASED
        return self.standing.status if self.standing else ""

    @property
    def state_label(self) -> str:
        return str(dict(STATES).get(self.state, ""))

    @property
    def url(self) -> str:
        household = self.household
        return reverse("backoffice:household", args=[household.county_id, household.code])


@dataclass(frozen=True)
class HouseholdList(Listing):
    BY = "state"

    county: Region = field(kw_only=True)

    @property
    def rows(self) -> Iterator[Row]:
        return (Row(household) for household in self.page.object_list)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *STATES])


def read_households(*, county: Region, params: QueryDict) -> HouseholdList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = HouseholdFilterForm(params, county=county)
    path = reverse("backoffice:households", args=[county.pk])
    rows, state = find_households(county, form.chosen), form.chosen.get("state", "")
    counts = count_states(rows)
    wanted = for_rows(rows.filter(state=state) if state else rows)
    page = read_page(wanted, total=counts[state], form=form, path=path)
    return HouseholdList(form, page, counts, path, county=county)


def read_looks(*, county: Region, params: QueryDict, path: str) -> Page:
    """Raises NoSuchPage."""
    looks = looks_in(county)
    return read_page(looks, total=looks.order_by().count(), form=FilterForm(params), path=path)


def read_imports(jobs: QuerySet[RegisterImport], *, params: QueryDict, path: str) -> Page:
    """The latest first, without what was found in them. Raises NoSuchPage."""
    rows = jobs.defer("sealed", "errors").select_related("by").order_by("-pk")
    return read_page(rows, total=jobs.count(), form=FilterForm(params), path=path)
