"""The operator's rooms: every plan, how far it is, its terms and its counties' amounts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.dashboard.access import operators_only
from marketplace.dashboard.fields import sent
from marketplace.dashboard.plans.forms import LinesForm, PlanForm, ScopeForm, goals_of
from marketplace.dashboard.plans.pages import Desk, show_plan
from marketplace.dashboard.plans.reading import changes_of, counties_of, counties_with_sums
from marketplace.dashboard.plans.services import write_lines, write_plan
from marketplace.reports.models import Plan
from marketplace.reports.plans import Terms

DOOR = "plans"


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    plans = Plan.objects.for_list()
    return render(request, "dashboard/plans/list.html", {"plans": plans, "door": DOOR})


@operators_only
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan, pk=pk)
    form = ScopeForm(request.GET, plan=plan, plans=[], counties=counties_of(plan))
    return show_plan(request, plan, form, operators_desk(plan))


def operators_desk(plan: Plan) -> Desk:
    return Desk(
        county=None,
        door=DOOR,
        export_url=reverse("backoffice:plan_export_new", args=[plan.pk]),
        export_name="backoffice:plan_export",
        back_url=reverse("backoffice:plans"),
        edit_url=reverse("backoffice:plan_edit", args=[plan.pk]),
    )


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    form = PlanForm(*sent(request), initial={"is_open": True})
    if plan := written(request, form, None):
        messages.success(request, _("Written. Now type in what each county had and wants."))
        return redirect("backoffice:plan_edit", plan.pk)
    return render(request, "dashboard/plans/new.html", {"form": form, "door": DOOR})


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan, pk=pk)
    initial = {name: getattr(plan, name) for name in Terms._fields}
    form = PlanForm(*sent(request), initial=initial)
    if written(request, form, plan):
        messages.success(request, _("Saved."))
        return redirect("backoffice:plan_edit", plan.pk)
    context = {
        "form": form,
        "plan": plan,
        "counties": counties_with_sums(plan),
        "changes": changes_of(plan),
        "door": DOOR,
    }
    return render(request, "dashboard/plans/edit.html", context)


def written(request: HttpRequest, form: PlanForm, plan: Plan | None) -> Plan | None:
    """The plan as the form has it; None when it is refused, or not sent at all."""
    if not form.is_valid():
        return None
    try:
        return write_plan(
            plan_id=plan.pk if plan else None,
            terms=form.terms,
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        form.complain(refusal)
        return None


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_county(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    plan = get_object_or_404(Plan, pk=pk)
    county = get_object_or_404(counties_of(plan), pk=code)
    form = LinesForm(*sent(request), lines=goals_of(plan, county))
    if form.is_valid():
        about = {"by": request.user, "now": timezone.now()}
        write_lines(plan=plan, county=county, goals=form.goals, **about)
        messages.success(request, _("Saved."))
        return redirect("backoffice:plan_edit", plan.pk)
    context = {"form": form, "plan": plan, "county": county, "door": DOOR}
    return render(request, "dashboard/plans/county.html", context)
