"""Prices and stock by spreadsheet: taken out, sent in, looked through, written."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from catalog.producers.models import Cooperative
from marketplace.dashboard.goods.querysets import packs_of
from marketplace.dashboard.goods.sheet_jobs import NotToWrite, order_writing, start_import
from marketplace.dashboard.goods.sheets import write_sheet
from marketplace.dashboard.goods.views import sellers_only
from marketplace.listings.models import ShelfImport
from marketplace.sheets import XLSX, SheetRefused

LATEST = 10
MOST_ERRORS = 500
State = ShelfImport.State


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("Excel file"),
        help_text=gettext_lazy(
            "The one from above, with new prices and stock. Nothing is written yet."
        ),
        widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX}"}),
    )


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_sheets(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        try:
            job = start_import(
                cooperative=cooperative,
                file=form.cleaned_data["sheet"],
                by=request.user,
                now=timezone.now(),
            )
        except SheetRefused as refusal:
            form.add_error("sheet", refusal.words)
        else:
            return redirect("backoffice:goods_import", cooperative.slug, job.pk)
    jobs = cooperative.imports.defer("wanted", "errors").select_related("by").order_by("-pk")
    context = {
        "form": form,
        "cooperative": cooperative,
        "jobs": jobs[:LATEST],
        "door": "goods",
    }
    return render(request, "dashboard/goods/sheets.html", context)


@sellers_only
@require_safe
def export(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    name = f"{cooperative.slug}-{timezone.localdate():%Y%m%d}.xlsx"
    return HttpResponse(
        write_sheet(packs_of(cooperative, {})),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_import(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    """How far it is; while the worker is at it, the page asks again by itself."""
    job = get_object_or_404(cooperative.imports, pk=pk)
    if request.method == "POST":
        try:
            order_writing(job_id=job.pk)
        except NotToWrite as refusal:
            messages.error(request, refusal.words)
        return redirect(request.path)
    context = {
        "job": job,
        "cooperative": cooperative,
        "errors": job.errors[:MOST_ERRORS],
        "hidden": max(0, len(job.errors) - MOST_ERRORS),
        "is_busy": job.state in (State.CHECKING, State.WRITING),
        "door": "goods",
    }
    page = "import_state" if request.htmx else "import"
    return render(request, f"dashboard/goods/{page}.html", context)
