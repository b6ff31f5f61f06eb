"""The places that goods come from: which there are, and how one is called."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.origins.models import Region
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.fields import sent
from marketplace.dashboard.listing import read_page
from marketplace.dashboard.models import Change
from marketplace.dashboard.regions.forms import PlaceFilterForm, RegionForm
from marketplace.dashboard.regions.querysets import find_regions
from marketplace.dashboard.regions.services import change_region
from marketplace.dashboard.words import ChangeRow, value_lines

DOOR, LATEST = "regions", 20


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    form = PlaceFilterForm(request.GET)
    regions = find_regions(form.chosen.get("q", ""))
    page = read_page(regions, total=regions.order_by().count(), form=form, path=request.path)
    latest = Change.objects.latest_of(Change.Room.REGION)[:LATEST]
    context = {
        "form": form,
        "page": page,
        "path": request.path,
        "changes": change_rows(latest),
        "door": DOOR,
    }
    return render(request, "dashboard/regions/list.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    region = get_object_or_404(Region.objects.with_parents(), pk=code)
    initial = {"name": region.name, "name_en": region.name_en}
    form = RegionForm(*sent(request), initial=initial)
    if form.is_valid():
        try:
            change_region(code=code, names=form.names, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Saved. The shop shows it at once."))
            return redirect("backoffice:regions")
    changes = change_rows(Change.objects.latest_of(Change.Room.REGION, code)[:LATEST])
    context = {"form": form, "region": region, "changes": changes, "door": DOOR}
    return render(request, "dashboard/regions/one.html", context)


def change_rows(changes: Iterable[Change]) -> list[ChangeRow]:
    labels = {name: str(field.label) for name, field in RegionForm.base_fields.items()}
    added, removed = _("Added"), _("Removed")
    return [
        ChangeRow(
            one.after["name"],
            value_lines(one, labels, added=added, removed=removed),
            one.at,
            one.by,
        )
        for one in changes
    ]
