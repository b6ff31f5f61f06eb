"""Files of a plan: asked for, looked after while they are made, handed to officials of the
scope that they were made for."""

from collections.abc import Iterator
from pathlib import PurePath

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.origins.models import Region
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.plans.forms import ExportForm
from marketplace.dashboard.plans.pages import Desk
from marketplace.dashboard.plans.views import operators_desk
from marketplace.reports.exports import start_export
from marketplace.reports.models import Export, Plan
from marketplace.reports.progress import batches_for

TYPES = {
    Export.Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.Kind.CSV: "text/csv; charset=utf-8",
}


@operators_only
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan, pk=pk)
    return ask_for_export(request, plan, operators_desk(plan))


@operators_only
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    export = export_of(None, pk)
    return show_state(request, export, operators_desk(export.plan))


@operators_only
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    return hand_over(export_of(None, pk))


def export_of(county: Region | None, pk: int) -> Export:
    """Raises Http404 for one of another scope."""
    return get_object_or_404(
        Export.objects.of_county(county).select_related("plan", "batch"), pk=pk
    )


def ask_for_export(request: HttpRequest, plan: Plan, desk: Desk) -> HttpResponse:
    form = ExportForm(request.POST)
    number = form.cleaned_data["batch"] if form.is_valid() else None
    batch = batches_for(plan).filter(number=number).first()
    if batch is None:
        messages.error(request, _("Nothing was made: choose Excel or CSV, and a batch."))
        return redirect(page_of(plan, desk))
    export = start_export(
        plan=plan,
        batch=batch,
        kind=Export.Kind(form.cleaned_data["kind"]),
        county=desk.county,
        by=request.user,
        now=timezone.now(),
    )
    return redirect(desk.export_name, *desk.args, export.pk)


def page_of(plan: Plan, desk: Desk) -> str:
    if desk.county is None:
        return reverse("backoffice:plan", args=[plan.pk])
    return f"{reverse('backoffice:county_plan', args=desk.args)}?plan={plan.pk}"


def show_state(request: HttpRequest, export: Export, desk: Desk) -> HttpResponse:
    """How far it is; while the worker is at it, the page asks again by itself."""
    here = reverse(desk.export_name, args=[*desk.args, export.pk])
    context = {
        "export": export,
        "plan": export.plan,
        "is_busy": export.state == Export.State.MAKING,
        "here": here,
        "file_url": f"{here}file/",
        "back_url": page_of(export.plan, desk),
        "door": desk.door,
    }
    page = "export_state" if request.htmx else "export"
    return render(request, f"dashboard/plans/{page}.html", context)


def hand_over(export: Export) -> StreamingHttpResponse:
    """Piece by piece, and only ever saved. Raises Http404 while there is none."""
    name = export.file.name or ""
    if not name or not export.file.storage.exists(name):
        raise Http404
    response = StreamingHttpResponse(
        pieces_of(export.file), content_type=TYPES[Export.Kind(export.kind)]
    )
    shown = PurePath(name).name
    response["Content-Disposition"] = content_disposition_header(True, shown)
    response["Content-Length"] = export.file.size
    return response


def pieces_of(file: FieldFile) -> Iterator[bytes]:
    with file.open("rb") as opened:
        yield from opened.chunks()
