"""The first page of the back office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marketplace.dashboard.access import operators_only
from marketplace.dashboard.decisions import read_decisions
from marketplace.dashboard.orders.querysets import count_parcels
from marketplace.order.models import Consignment

State = Consignment.State


@operators_only
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    parcels, now = count_parcels(), timezone.now()
    context = {
        "door": "home",
        "today": timezone.localdate(),
        "paid": parcels[State.PAID],
        "packed": parcels[State.PACKED],
        "unpaid": parcels[State.AWAITING_PAYMENT],
        "decisions": read_decisions(now),
    }
    return render(request, "dashboard/home.html", context)
