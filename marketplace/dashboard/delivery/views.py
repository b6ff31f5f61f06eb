"""What delivery costs: the table, one of its cells, taking one away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models.product import Storage
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.delivery.forms import TariffForm
from marketplace.dashboard.delivery.services import change_tariff, stop_delivery
from marketplace.dashboard.delivery.words import Cell, change_rows, table_of
from marketplace.dashboard.models import Change
from marketplace.shipping.models import Zone

LATEST = 20


@operators_only
@require_safe
def show_table(request: HttpRequest) -> HttpResponse:
    rows = table_of(Zone.objects.for_table())
    titles = {cell.subject: cell.title for row in rows for cell in row.cells}
    latest = Change.objects.latest_of(Change.Room.DELIVERY)[:LATEST]
    context = {
        "rows": rows,
        "storages": Storage,
        "changes": change_rows(latest, titles),
        "door": "delivery",
    }
    return render(request, "dashboard/delivery/table.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, zone: str, storage: str) -> HttpResponse:
    cell = read_cell(zone, storage)
    form = TariffForm(request.POST or None, initial=TariffForm.initial_of(cell.tariff))
    if form.is_valid():
        try:
            change_tariff(
                zone=cell.zone,
                storage=cell.storage,
                terms=form.terms,
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Saved. It holds for orders from now on."))
            return redirect("backoffice:delivery")
    latest = Change.objects.latest_of(Change.Room.DELIVERY, cell.subject)[:LATEST]
    context = {
        "cell": cell,
        "form": form,
        "changes": change_rows(latest, {cell.subject: cell.title}),
        "door": "delivery",
    }
    return render(request, "dashboard/delivery/tariff.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, zone: str, storage: str) -> HttpResponse:
    """Asks first: nobody in the zone can buy goods of the class any more."""
    cell = read_cell(zone, storage)
    if cell.tariff is None:
        return redirect(cell.url)
    if request.method == "POST":
        stop_delivery(zone=cell.zone, storage=cell.storage, by=request.user, now=timezone.now())
        messages.success(request, _("Removed. From now on it is not delivered there."))
        return redirect("backoffice:delivery")
    return render(request, "dashboard/delivery/remove.html", {"cell": cell, "door": "delivery"})


def read_cell(slug: str, storage: str) -> Cell:
    if storage not in Storage.values:
        raise Http404
    zone = get_object_or_404(Zone, slug=slug)
    tariff = zone.tariffs.filter(storage=storage).first()
    return Cell(zone, Storage(storage), tariff)
