"""The first pages of the back office."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.dashboard.access import confirmers_only, members_only, signed_in_only
from marketplace.dashboard.decisions import read_countys_decisions, read_decisions
from marketplace.dashboard.desks import desk_of_choice, desks_of
from marketplace.dashboard.orders.querysets import count_parcels
from marketplace.dashboard.overview.page import read_overview
from marketplace.dashboard.overview.watch import read_countys_papers, read_watch
from marketplace.dashboard.shipping.today import PACKERS
from marketplace.order.models import Consignment

State = Consignment.State


@signed_in_only
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """The operator's first page; others are led to their desk, or choose among theirs."""
    desks = desks_of(request.user, timezone.localdate())
    if not desks and request.user.applications.exists():
        return redirect("backoffice:apply")
    if not desks:
        raise PermissionDenied
    if desks[0].url == request.path:
        request.desk, *others = desks
        return show_operators_home(request, others)
    if len(desks) == 1:
        return redirect(desks[0].url)
    request.desk = desk_of_choice()
    return render(request, "dashboard/desks.html", {"desks": desks})


def show_operators_home(request: HttpRequest, other_desks: list) -> HttpResponse:
    parcels, now = count_parcels(), timezone.now()
    context = {
        "door": "home",
        "today": timezone.localdate(now),
        "paid": parcels[State.PAID],
        "packed": parcels[State.PACKED],
        "unpaid": parcels[State.AWAITING_PAYMENT],
        "decisions": read_decisions(now),
        "watch": read_watch(now),
        "desks": other_desks,
    }
    return render(request, "dashboard/home.html", context)


@members_only()
@require_safe
def show_cooperative(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    now = timezone.now()
    context = {
        "door": "home",
        "cooperative": cooperative,
        "today": timezone.localdate(now),
        "now": read_overview(request.membership, now),
        "may_pack": request.membership.role in PACKERS,
    }
    return render(request, "dashboard/cooperative/home.html", context)


@confirmers_only
@require_safe
def show_county(request: HttpRequest, county: Region) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    context = {
        "door": "home",
        "county": county,
        "today": today,
        "decisions": read_countys_decisions(county, now),
        "papers": read_countys_papers(county, today),
    }
    return render(request, "dashboard/county/home.html", context)
