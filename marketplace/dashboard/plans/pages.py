"""How far a plan is, for the officials of the market and of a county alike."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.origins.models import Region
from marketplace.dashboard.plans.charts import draw_course
from marketplace.dashboard.plans.forms import ScopeForm
from marketplace.reports.models import Export, Plan
from marketplace.reports.progress import read_progress

LATEST = 5


@dataclass(frozen=True)
class Desk:
    """Whose desk it is: a county's, or the market's; and where its addresses lead."""

    county: Region | None
    door: str
    export_url: str
    export_name: str
    args: tuple[str, ...] = ()
    back_url: str = ""
    edit_url: str = ""


def show_plan(request: HttpRequest, plan: Plan, form: ScopeForm, desk: Desk) -> HttpResponse:
    progress = read_progress(plan=plan, batch=form.chosen_batch, scope=form.scope(desk.county))
    exports = Export.objects.of_county(desk.county).filter(plan=plan).for_list()
    context = {
        "plan": plan,
        "form": form,
        "desk": desk,
        "progress": progress,
        "chart": draw_course(progress),
        "exports": exports[:LATEST],
        "kinds": Export.Kind.choices,
        "path": request.path,
        "door": desk.door,
    }
    return render(request, "dashboard/plans/one.html", context)
