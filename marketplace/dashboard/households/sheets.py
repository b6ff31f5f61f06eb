"""Households by spreadsheet: taken out empty, sent in, looked through, written."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.households.models import RegisterImport
from catalog.households.services.sending import (
    NotWaiting,
    give_up_import,
    order_writing,
    start_import,
)
from catalog.households.sheets import MOST_ROWS, write_template
from catalog.origins.models import Region
from marketplace.dashboard.access import confirmers_only
from marketplace.dashboard.fields import sent
from marketplace.dashboard.households.forms import SheetForm
from marketplace.dashboard.households.listing import read_imports
from marketplace.dashboard.households.views import DOOR
from marketplace.sheets import XLSX, SheetRefused

MOST_ERRORS = 500
State = RegisterImport.State


@confirmers_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_imports(request: HttpRequest, county: Region) -> HttpResponse:
    form = SheetForm(*sent(request))
    if form.is_valid():
        try:
            job = start_import(
                county=county,
                file=form.cleaned_data["sheet"],
                by=request.user,
                now=timezone.now(),
            )
        except SheetRefused as refusal:
            form.add_error("sheet", refusal.words)
        else:
            return redirect("backoffice:household_import", county.pk, job.pk)
    context = {
        "form": form,
        "county": county,
        "most": MOST_ROWS,
        "page": read_imports(jobs_of(county), params=request.GET, path=request.path),
        "door": DOOR,
    }
    return render(request, "dashboard/households/imports.html", context)


@confirmers_only
@require_safe
def take_out(request: HttpRequest, county: Region) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="households.xlsx"'}
    return HttpResponse(write_template(county), content_type=XLSX, headers=headers)


@confirmers_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_import(request: HttpRequest, county: Region, pk: int) -> HttpResponse:
    """How far it is; while the worker is at it, the page asks again by itself."""
    job = get_object_or_404(jobs_of(county).select_related("given_up_by"), pk=pk)
    if request.method == "POST":
        return decide(request, county, job)
    context = {
        "job": job,
        "county": county,
        "errors": job.errors[:MOST_ERRORS],
        "hidden": max(0, len(job.errors) - MOST_ERRORS),
        "is_busy": job.state in (State.CHECKING, State.WRITING),
        "door": DOOR,
    }
    page = "import_state" if request.htmx else "import"
    return render(request, f"dashboard/households/{page}.html", context)


def decide(request: HttpRequest, county: Region, job: RegisterImport) -> HttpResponse:
    """The button `give_up` drops the file; the other has the good rows written."""
    is_given_up = "give_up" in request.POST
    try:
        if is_given_up:
            give_up_import(county=county, job_id=job.pk, by=request.user, now=timezone.now())
        else:
            order_writing(county=county, job_id=job.pk)
    except NotWaiting as refusal:
        messages.error(request, refusal.words)
    else:
        if is_given_up:
            messages.success(request, _("Given up. Nothing was written, and the file is gone."))
            return redirect("backoffice:household_imports", county.pk)
    return redirect(request.path)


def jobs_of(county: Region) -> QuerySet[RegisterImport]:
    """Without their files, which only the worker opens."""
    return RegisterImport.objects.filter(county=county).defer("sealed")
