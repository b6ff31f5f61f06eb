"""Slips and labels on paper: of one parcel, or of all that leave until a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.producers.models import Cooperative
from marketplace.dashboard.access import members_only
from marketplace.dashboard.shipping.forms import DayForm
from marketplace.dashboard.shipping.parcel import ParcelPage, read_parcel
from marketplace.dashboard.shipping.querysets import for_page, leaving_by, next_day
from marketplace.dashboard.shipping.today import PACKERS
from marketplace.order.states import State

SLIPS, LABELS = "dashboard/shipping/slips.html", "dashboard/shipping/labels.html"
# One print job; what is more is printed by the day.
AT_MOST = 200


@members_only(*PACKERS)
@require_safe
def print_slip(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    return show_one(request, SLIPS, cooperative, pk)


@members_only(*PACKERS)
@require_safe
def print_label(request: HttpRequest, cooperative: Cooperative, pk: int) -> HttpResponse:
    return show_one(request, LABELS, cooperative, pk)


@members_only(*PACKERS)
@require_safe
def print_slips(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    return show_day(request, SLIPS, cooperative)


@members_only(*PACKERS)
@require_safe
def print_labels(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    return show_day(request, LABELS, cooperative)


def show_one(
    request: HttpRequest, template: str, cooperative: Cooperative, pk: int
) -> HttpResponse:
    """Only of a parcel that is packed and whose address is still needed."""
    page = read_parcel(cooperative, pk, timezone.now())
    pages = [page] if page.is_packed and page.shows_address else []
    context = {"pages": pages, "only": page, "cooperative": cooperative, "door": "today"}
    return render(request, template, context)


def show_day(request: HttpRequest, template: str, cooperative: Cooperative) -> HttpResponse:
    """Of all packed parcels that leave until the day asked for, or the next that has any."""
    form, today = DayForm(request.GET), timezone.localdate()
    day = form.chosen.get("day") or next_day(cooperative, today)
    packed = leaving_by(cooperative, day).filter(state=State.PACKED)
    pages = [ParcelPage(parcel, today) for parcel in for_page(packed)[:AT_MOST]]
    context = {
        "pages": pages,
        "form": form,
        "day": day,
        "path": request.path,
        "cooperative": cooperative,
        "door": "today",
    }
    return render(request, template, context)
