"""The operator's side: papers checked, objections answered, businesses opened, counties listed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.origins.models import Region
from catalog.producers.admission.refusals import AlreadyAnswered
from catalog.producers.admission.services import answer_objection, set_county
from catalog.producers.models import AdmissionCounty, Application, Objection
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.admission.deciding import decide_on, show_application
from marketplace.dashboard.admission.decisions import operators_decisions
from marketplace.dashboard.admission.forms import AnswerForm, CountyForm
from marketplace.dashboard.admission.listing import OPERATORS_GROUPS, groups_of, read_applications
from marketplace.dashboard.fields import sent
from marketplace.dashboard.papers.files import hand_out

DOOR = "admissions"


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    day, seen = timezone.localdate(), Application.objects.handed_in()
    found = read_applications(
        groups_of(seen, seen.waiting_for_operator(day), OPERATORS_GROUPS),
        params=request.GET,
        path=request.path,
        day=day,
        address=lambda row: reverse("backoffice:admission", args=[row.pk]),
    )
    context = {"found": found, "with_counties": True, "door": DOOR}
    return render(request, "dashboard/admission/list.html", context)


@operators_only
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return show_application(
        request,
        read(pk),
        operators_decisions(),
        here=reverse("backoffice:admission", args=[pk]),
        back=reverse("backoffice:admissions"),
        may_answer=True,
        door=DOOR,
    )


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    return decide_on(
        request,
        read(pk),
        decisions=operators_decisions(),
        slug=decision,
        back=reverse("backoffice:admission", args=[pk]),
        door=DOOR,
    )


@operators_only
@require_safe
def show_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    return hand_out(get_object_or_404(read(pk).papers.all(), pk=paper).file)


@operators_only
@require_safe
def show_sheet(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    return hand_out(get_object_or_404(read(pk).recommendations.all(), pk=sheet).sheet)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection and the answer to it, given once."""
    objection = get_object_or_404(Objection.objects.select_related("application"), pk=pk)
    back = reverse("backoffice:admission", args=[objection.application_id])
    form = AnswerForm(*sent(request))
    if objection.answered_at and request.method != "POST":
        return redirect(back)
    if form.is_valid():
        try:
            answer_objection(
                objection_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except AlreadyAnswered as refusal:
            messages.error(request, refusal.words)
        else:
            messages.success(request, _("Answered."))
        return redirect(back)
    context = {"objection": objection, "form": form, "back": back, "door": DOOR}
    return render(request, "dashboard/admission/answer.html", context)


@operators_only
@require_safe
def show_counties(request: HttpRequest) -> HttpResponse:
    counties = AdmissionCounty.objects.select_related("region").order_by("region_id", "begins_on")
    context = {"counties": counties, "today": timezone.localdate(), "door": DOOR}
    return render(request, "dashboard/admission/counties.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def add_county(request: HttpRequest) -> HttpResponse:
    return write_county(request, None)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_county(request: HttpRequest, pk: int) -> HttpResponse:
    return write_county(request, get_object_or_404(AdmissionCounty, pk=pk))


def write_county(request: HttpRequest, county: AdmissionCounty | None) -> HttpResponse:
    names = ("begins_on", "ends_on", "notice_days")
    shown = {name: getattr(county, name) for name in names} if county else {}
    form = CountyForm(*sent(request), initial={**shown, "region": county and county.region_id})
    if form.is_valid():
        given = form.cleaned_data
        region = Region.objects.get(pk=given.pop("region"))
        try:
            set_county(county_id=county and county.pk, region=region, **given)
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("backoffice:admission_counties")
    context = {"form": form, "county": county, "door": DOOR}
    return render(request, "dashboard/admission/county.html", context)


def read(pk: int) -> Application:
    return get_object_or_404(Application.objects.handed_in().for_page(), pk=pk)
