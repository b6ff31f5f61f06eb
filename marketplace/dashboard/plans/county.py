"""The county's side: how far the plan is in this county, and nothing of others."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from catalog.origins.models import Region
from marketplace.dashboard.access import confirmers_only
from marketplace.dashboard.plans.exports import ask_for_export, export_of, hand_over, show_state
from marketplace.dashboard.plans.forms import ScopeForm
from marketplace.dashboard.plans.pages import Desk, show_plan
from marketplace.reports.models import Plan

DOOR = "county_plan"


@confirmers_only
@require_safe
def show(request: HttpRequest, county: Region) -> HttpResponse:
    plan = plan_of(request.GET.get("plan", ""))
    if plan is None:
        return render(request, "dashboard/plans/none.html", {"door": DOOR})
    plans = Plan.objects.shown()
    form = ScopeForm(request.GET, plan=plan, plans=plans, counties=[])
    return show_plan(request, plan, form, desk_of(county, plan))


def plan_of(key: str) -> Plan | None:
    """The one that was chosen among those that are shown, else the current one."""
    plans = Plan.objects.shown()
    chosen = plans.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
    return chosen or plans.first()


def desk_of(county: Region, plan: Plan) -> Desk:
    address = reverse("backoffice:county_plan_export_new", args=[county.pk])
    return Desk(
        county=county,
        door=DOOR,
        export_url=f"{address}?plan={plan.pk}",
        export_name="backoffice:county_plan_export",
        args=(county.pk,),
    )


@confirmers_only
@require_POST
def ask(request: HttpRequest, county: Region) -> HttpResponse:
    plan = plan_of(request.GET.get("plan", ""))
    if plan is None:
        raise Http404
    return ask_for_export(request, plan, desk_of(county, plan))


@confirmers_only
@require_safe
def show_export(request: HttpRequest, county: Region, pk: int) -> HttpResponse:
    export = export_of(county, pk)
    return show_state(request, export, desk_of(county, export.plan))


@confirmers_only
@require_safe
def download(request: HttpRequest, county: Region, pk: int) -> HttpResponse:
    return hand_over(export_of(county, pk))
