"""The county's side: who applies, what they hand in, and the county's word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from catalog.origins.models import Region
from catalog.producers.admission.states import State
from catalog.producers.models import Application
from marketplace.dashboard.access import confirmers_only
from marketplace.dashboard.admission.deciding import decide_on, show_application
from marketplace.dashboard.admission.decisions import countys_decisions
from marketplace.dashboard.admission.listing import COUNTYS_GROUPS, groups_of, read_applications
from marketplace.dashboard.papers.files import hand_out

DOOR = "county_admissions"


@confirmers_only
@require_safe
def show_list(request: HttpRequest, county: Region) -> HttpResponse:
    seen = Application.objects.of_county(county)
    found = read_applications(
        groups_of(seen, seen.filter(state=State.SUBMITTED), COUNTYS_GROUPS),
        params=request.GET,
        path=request.path,
        day=timezone.localdate(),
        address=lambda row: reverse("backoffice:county_admission", args=[county.pk, row.pk]),
    )
    return render(request, "dashboard/admission/list.html", {"found": found, "door": DOOR})


@confirmers_only
@require_safe
def show(request: HttpRequest, county: Region, pk: int) -> HttpResponse:
    place = f"backoffice:{DOOR[:-1]}"
    return show_application(
        request,
        read(county, pk),
        countys_decisions(),
        here=reverse(place, args=[county.pk, pk]),
        back=reverse(f"backoffice:{DOOR}", args=[county.pk]),
        door=DOOR,
    )


@confirmers_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, county: Region, pk: int, decision: str) -> HttpResponse:
    return decide_on(
        request,
        read(county, pk),
        decisions=countys_decisions(),
        slug=decision,
        back=reverse("backoffice:county_admission", args=[county.pk, pk]),
        door=DOOR,
    )


@confirmers_only
@require_safe
def show_paper(request: HttpRequest, county: Region, pk: int, paper: int) -> HttpResponse:
    return hand_out(get_object_or_404(read(county, pk).papers.all(), pk=paper).file)


@confirmers_only
@require_safe
def show_sheet(request: HttpRequest, county: Region, pk: int, sheet: int) -> HttpResponse:
    return hand_out(get_object_or_404(read(county, pk).recommendations.all(), pk=sheet).sheet)


def read(county: Region, pk: int) -> Application:
    return get_object_or_404(Application.objects.of_county(county).for_page(), pk=pk)
