"""The county's agreements: written down from the signed paper, lengthened, ended earlier."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.assistance.models import Agreement
from catalog.assistance.refusals import PaidHousehold
from catalog.assistance.services import (
    add_files,
    add_households,
    end_agreement,
    make_agreement,
    remove_household,
)
from catalog.origins.models import Region
from marketplace.dashboard.access import confirmers_only
from marketplace.dashboard.assistance.agreement_forms import (
    AgreementForm,
    ChooseFilterForm,
    EndForm,
    HouseholdsForm,
    PagesForm,
)
from marketplace.dashboard.assistance.agreement_listing import (
    Row,
    all_found,
    read_agreements,
    read_choice,
)
from marketplace.dashboard.fields import sent
from marketplace.dashboard.papers.files import hand_out

both_ways = require_http_methods(["GET", "HEAD", "POST"])
DOOR = {"door": "county_agreements"}
FOLDER = "dashboard/assistance"


@confirmers_only
@require_safe
def show_list(request: HttpRequest, county: Region) -> HttpResponse:
    found = read_agreements(
        county=county, params=request.GET, path=request.path, day=timezone.localdate()
    )
    context = DOOR | {"found": found, "county": county}
    return render(request, f"{FOLDER}/agreements.html", context)


@confirmers_only
@both_ways
def make(request: HttpRequest, county: Region) -> HttpResponse:
    form = AgreementForm(*sent(request), county=county)
    if form.is_valid():
        given = form.cleaned_data
        try:
            agreement = make_agreement(
                county=county,
                terms=form.terms_written,
                codes=given["codes"],
                files=given["files"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("The agreement is kept as %(number)s.") % vars(agreement))
            place = "county_agreement" if given["codes"] else "county_agreement_households"
            return redirect(f"backoffice:{place}", county.pk, agreement.number)
    back = reverse("backoffice:county_agreements", args=[county.pk])
    context = DOOR | {"form": form, "back": back}
    return render(request, f"{FOLDER}/agreement_new.html", context)


@confirmers_only
@require_safe
def show(request: HttpRequest, county: Region, number: str) -> HttpResponse:
    agreement = read(county, number)
    here = address(agreement)
    row = Row(agreement, here, timezone.localdate())
    context = DOOR | {"agreement": agreement, "row": row, "here": here, "county": county}
    return render(request, f"{FOLDER}/agreement.html", context)


@confirmers_only
@both_ways
def choose(request: HttpRequest, county: Region, number: str) -> HttpResponse:
    """By filters and ticks, all that the filters find, or pasted pseudonyms."""
    agreement, day = read(county, number), timezone.localdate()
    form = HouseholdsForm(*sent(request))
    if form.is_valid():
        codes = [*ticked(request, agreement), *form.cleaned_data["codes"]]
        try:
            came = add_households(agreement_id=agreement.pk, codes=codes, day=day)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, came_words(came))
            return redirect(request.get_full_path() if came else address(agreement))
    choice = read_choice(agreement=agreement, params=request.GET, path=request.path, day=day)
    context = DOOR | {
        "agreement": agreement,
        "form": form,
        "choice": choice,
        "back": address(agreement),
        "ticked": set(request.POST.getlist("household")),
    }
    return render(request, f"{FOLDER}/choose.html", context)


def ticked(request: HttpRequest, agreement: Agreement) -> list[str]:
    if "all" not in request.POST:
        return request.POST.getlist("household")
    filters = ChooseFilterForm(request.GET, agreement.county)
    return list(all_found(agreement, filters, timezone.localdate()).values_list("code", flat=True))


def came_words(count: int) -> str:
    words = ngettext(
        "%(count)s household is new on the list.",
        "%(count)s households are new on the list.",
        count,
    )
    return words % {"count": count} if count else _("All of these are on the list already.")


@confirmers_only
@require_POST
def take_off(request: HttpRequest, county: Region, number: str, position: int) -> HttpResponse:
    agreement = read(county, number)
    try:
        remove_household(agreement_id=agreement.pk, position=position)
    except PaidHousehold as refusal:
        messages.error(request, refusal.words)
    else:
        words = _("No. %(position)s is off the list; the other numbers stay.")
        messages.success(request, words % {"position": position})
    return redirect(address(agreement))


@confirmers_only
@both_ways
def end(request: HttpRequest, county: Region, number: str) -> HttpResponse:
    agreement = read(county, number)
    form = EndForm(*sent(request))
    if form.is_valid():
        try:
            end_agreement(agreement_id=agreement.pk, **form.cleaned_data)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("The agreement ends earlier now."))
            return redirect(address(agreement))
    return show_form(request, agreement, form, _("End it earlier"))


@confirmers_only
@both_ways
def add_pages(request: HttpRequest, county: Region, number: str) -> HttpResponse:
    agreement = read(county, number)
    form = PagesForm(*sent(request))
    if form.is_valid():
        about = {"agreement_id": agreement.pk, "by": request.user, "now": timezone.now()}
        try:
            add_files(**about, **form.cleaned_data)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("The pages are with the agreement."))
            return redirect(address(agreement))
    return show_form(request, agreement, form, _("Add signed pages"))


def show_form(request: HttpRequest, agreement: Agreement, form: object, title: str) -> HttpResponse:
    context = DOOR | {
        "agreement": agreement,
        "form": form,
        "title": title,
        "back": address(agreement),
        "back_label": agreement.number,
    }
    return render(request, f"{FOLDER}/form.html", context)


@confirmers_only
@require_safe
def show_file(_request: HttpRequest, county: Region, number: str, pk: int) -> HttpResponse:
    return hand_out(get_object_or_404(read(county, number).files.all(), pk=pk).file)


@confirmers_only
@require_safe
def print_list(request: HttpRequest, county: Region, number: str) -> HttpResponse:
    """Numbers and pseudonyms, with room for the signatures."""
    agreement = read(county, number)
    context = DOOR | {"agreement": agreement, "back": address(agreement)}
    return render(request, f"{FOLDER}/agreement_print.html", context)


def read(county: Region, number: str) -> Agreement:
    return get_object_or_404(Agreement.objects.of_county(county).for_page(), number=number)


def address(agreement: Agreement) -> str:
    return reverse("backoffice:county_agreement", args=[agreement.county_id, agreement.number])
