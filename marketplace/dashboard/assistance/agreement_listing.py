"""One page of agreements; one page of households to choose from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Page
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.assistance.choosing import households_to_choose
from catalog.assistance.models import Agreement
from catalog.origins.models import Region
from marketplace.dashboard.assistance.agreement_forms import (
    ENDED,
    LATER,
    NOW,
    STATES,
    AgreementFilterForm,
    ChooseFilterForm,
    state_of,
)
from marketplace.dashboard.listing import Chip, FilterForm, Listing, read_page


@dataclass(frozen=True)
class Row:
    agreement: Agreement
    url: str
    day: date

    @property
    def state(self) -> str:
        return state_of(self.agreement, self.day)

    @property
    def state_label(self) -> str:
        return str(dict(STATES)[self.state])


@dataclass(frozen=True)
class AgreementList(Listing):
    BY = "state"

    county: Region
    day: date = field(kw_only=True)

    @property
    def rows(self) -> Iterator[Row]:
        for one in self.page.object_list:
            url = reverse("backoffice:county_agreement", args=[self.county.pk, one.number])
            yield Row(one, url, self.day)

    @property
    def chips(self) -> list[Chip]:
        return self.chips_for([("", _("All")), *STATES])


def is_in_state(state: str, day: date) -> Q:
    if state == LATER:
        return Q(begins_on__gt=day)
    return Q(ends_on__lt=day) if state == ENDED else Q(begins_on__lte=day, ends_on__gte=day)


def read_agreements(*, county: Region, params: QueryDict, path: str, day: date) -> AgreementList:
    """The page that the address asks for. Raises NoSuchPage."""
    form = AgreementFilterForm(params)
    state, seen = form.chosen.get("state", ""), Agreement.objects.of_county(county)
    by_state = {one: Count("pk", filter=is_in_state(one, day)) for one in (NOW, LATER, ENDED)}
    found = seen.aggregate(every=Count("pk"), **by_state)
    counts = {"": found.pop("every"), **found}
    rows = seen.filter(is_in_state(state, day)) if state else seen
    page = read_page(rows.for_rows(), total=counts[state], form=form, path=path)
    return AgreementList(form, page, counts, path, county, day=day)


@dataclass(frozen=True)
class Choice:
    """Households that the filters find, a page of them to be ticked."""

    form: FilterForm
    page: Page
    found: Mapping[str, object]

    @property
    def total(self) -> int:
        return self.page.paginator.count


def read_choice(*, agreement: Agreement, params: QueryDict, path: str, day: date) -> Choice:
    """Raises NoSuchPage."""
    form = ChooseFilterForm(params, agreement.county)
    found = all_found(agreement, form, day)
    page = read_page(found, total=found.count(), form=form, path=path)
    return Choice(form, page, form.chosen)


def all_found(agreement: Agreement, form: ChooseFilterForm, day: date) -> object:
    chosen = {name: form.chosen.get(name, "") for name in ("township", "category")}
    return households_to_choose(agreement=agreement, day=day, **chosen)
