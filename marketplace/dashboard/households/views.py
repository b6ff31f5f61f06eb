"""The county's register: its list, one household, a look at one field, and every look so far."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.households.models import Household
from catalog.households.refusals import RegisterRefused
from catalog.households.services import reveal_field
from catalog.origins.models import Region
from marketplace.dashboard.access import confirmers_only
from marketplace.dashboard.households.forms import FindForm, RevealForm
from marketplace.dashboard.households.listing import read_households, read_looks
from marketplace.dashboard.households.pages import LABELS, HouseholdPage, Shown
from marketplace.dashboard.households.refusing import complain

DOOR = "households"


@confirmers_only
@require_safe
def show_list(request: HttpRequest, county: Region) -> HttpResponse:
    found = read_households(county=county, params=request.GET)
    context = {"found": found, "find": FindForm(), "county": county, "door": DOOR}
    return render(request, "dashboard/households/list.html", context)


@confirmers_only
@require_POST
def find(request: HttpRequest, county: Region) -> HttpResponse:
    """What is looked for may be an ID number: it is in no address and in no answer's."""
    form = FindForm(request.POST)
    if form.is_valid():
        household = form.found_in(county)
        if household:
            return redirect("backoffice:household", county.pk, household.code)
        form.add_error("q", _("No household of the county has this pseudonym or number."))
    found = read_households(county=county, params=request.GET)
    context = {"found": found, "find": form, "county": county, "door": DOOR}
    return render(request, "dashboard/households/list.html", context)


@confirmers_only
@require_safe
def show_household(request: HttpRequest, county: Region, code: str) -> HttpResponse:
    return page_of(request, read(county, code))


@confirmers_only
@require_POST
def reveal(request: HttpRequest, county: Region, code: str) -> HttpResponse:
    """The text stands on this answer alone: it is in no session, message, cache or address."""
    household, form = read(county, code), RevealForm(request.POST)
    shown = None
    if form.is_valid():
        field = form.cleaned_data["field"]
        try:
            text = reveal_field(
                county=county, code=code, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except (RegisterRefused, ValidationError) as refusal:
            complain(form, refusal)
        else:
            form, shown = RevealForm(), Shown(str(LABELS[field]), text)
    return page_of(request, household, form, shown)


@confirmers_only
@require_safe
def show_looks(request: HttpRequest, county: Region) -> HttpResponse:
    page = read_looks(county=county, params=request.GET, path=request.path)
    context = {"page": page, "county": county, "door": DOOR}
    return render(request, "dashboard/households/looks.html", context)


def page_of(
    request: HttpRequest,
    household: Household,
    form: RevealForm | None = None,
    shown: Shown | None = None,
) -> HttpResponse:
    page = HouseholdPage(household)
    form = form or RevealForm()
    form.fields["field"].choices = page.known
    context = {
        "page": page,
        "household": household,
        "form": form,
        "shown": shown,
        "door": DOOR,
    }
    return render(request, "dashboard/households/household.html", context)


def read(county: Region, code: str) -> Household:
    rows = Household.objects.of_county(county).with_standings().select_related("county", "township")
    return get_object_or_404(rows, code=code)
