"""The operator's figures: begin a month, watch it being counted, look through it, publish it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.assistance.figures.changes import little_changes
from catalog.assistance.models import Batch
from catalog.assistance.services.batch_refusals import BatchRefused, LittleChangesUnseen
from catalog.assistance.services.batches import drop_batch, publish_batch
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.figures.forms import TICK, MonthForm, PublishForm
from marketplace.dashboard.figures.pages import BatchOnPage, read_batches, read_cells
from marketplace.reports.months import start_month

DOOR = {"door": "figures"}
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@operators_only
@both_ways
def show_list(request: HttpRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form, status = MonthForm(data, today=timezone.localdate()), 200
    if form.is_valid():
        try:
            batch = start_month(by=request.user, now=timezone.now(), **form.cleaned_data)
        except BatchRefused as refusal:
            form.add_error("month", refusal.words)
            status = 409
        else:
            return redirect("backoffice:batch", batch.pk)
    context = {"page": read_batches(request.GET, request.path), "form": form, **DOOR}
    return render(request, "dashboard/figures/list.html", context, status=status)


@operators_only
@require_safe
def show_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; while it is being counted, the page asks again by itself."""
    row = found(pk)
    if request.htmx:
        return render(request, "dashboard/figures/state.html", {"row": row})
    cells = None if row.is_busy else read_cells(row.batch, params=request.GET, path=request.path)
    little = little_changes(row.batch).count() if row.is_ready else 0
    context = {"row": row, "found": cells, "little": little, **DOOR}
    return render(request, "dashboard/figures/one.html", context)


@operators_only
@both_ways
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; where figures change by a few households, for a tick too."""
    row = found(pk)
    data = request.POST if request.method == "POST" else None
    little = little_changes(row.batch).count()
    form, status = PublishForm(data, little_changes=little), 200
    if form.is_valid():
        try:
            publish_batch(batch_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except LittleChangesUnseen as refusal:
            form.add_error(TICK, refusal.words)
            status = 409
        except BatchRefused as refusal:
            return to_batch(pk, request, messages.ERROR, refusal.words)
        else:
            said = _("Published. Everybody sees these figures now.")
            return to_batch(pk, request, messages.SUCCESS, said)
    context = {"row": row, "form": form, "little": little, **DOOR}
    return render(request, "dashboard/figures/publish.html", context, status=status)


@operators_only
@both_ways
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    row = found(pk)
    if request.method != "POST":
        return render(request, "dashboard/figures/drop.html", {"row": row, **DOOR})
    try:
        drop_batch(batch_id=pk)
    except BatchRefused as refusal:
        return to_batch(pk, request, messages.ERROR, refusal.words)
    said = _("Dropped. Nobody sees these figures; another batch can be begun.")
    return to_batch(pk, request, messages.SUCCESS, said)


def to_batch(pk: int, request: HttpRequest, level: int, said: str) -> HttpResponse:
    messages.add_message(request, level, said)
    return redirect("backoffice:batch", pk)


def found(pk: int) -> BatchOnPage:
    batches = Batch.objects.select_related("begun_by", "published_by")
    return BatchOnPage(get_object_or_404(batches, pk=pk))
