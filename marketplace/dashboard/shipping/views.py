"""The shipping room's lists: what leaves on which day, and what to fetch for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.producers.models import Cooperative
from marketplace.dashboard.access import members_only
from marketplace.dashboard.shipping.listing import read_parcels
from marketplace.dashboard.shipping.many import pack_many, ticked_in
from marketplace.dashboard.shipping.picking import read_picking
from marketplace.dashboard.shipping.sending import SendForm, packed_parcels, send_many
from marketplace.dashboard.shipping.today import PACKERS, read_today


@members_only(*PACKERS)
@require_safe
def show_today(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    today = timezone.localdate()
    found = read_parcels(
        cooperative=cooperative, params=request.GET, path=request.path, today=today
    )
    context = {
        "found": found,
        "cooperative": cooperative,
        "counts": read_today(cooperative, today),
        "door": "today",
    }
    return render(request, "dashboard/shipping/today.html", context)


@members_only(*PACKERS)
@require_safe
def show_picking(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    """What to fetch from the store for all parcels that leave until a day, by good."""
    picking = read_picking(
        cooperative=cooperative, params=request.GET, path=request.path, today=timezone.localdate()
    )
    context = {"picking": picking, "cooperative": cooperative, "door": "today"}
    return render(request, "dashboard/shipping/picking.html", context)


@members_only(*PACKERS)
@require_POST
def pack_several(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    """Pack the ticked parcels from the proposed lots; each that cannot be packed so says why."""
    parcels = ticked_in(request.POST, cooperative)
    result = pack_many(parcels=parcels, by=request.user, now=timezone.now())
    if result.packed:
        words = ngettext("%(n)s parcel is packed.", "%(n)s parcels are packed.", result.packed)
        messages.success(request, words % {"n": result.packed})
    for problem in result.problems:
        messages.warning(request, problem)
    return redirect("backoffice:today", cooperative.slug)


@members_only(*PACKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def send_several(request: HttpRequest, cooperative: Cooperative) -> HttpResponse:
    """Hand the packed parcels to a carrier by their numbers; with one wrong number none leaves."""
    form = SendForm(request.POST or None, packed_parcels(cooperative))
    if not form.is_valid():
        context = {"form": form, "cooperative": cooperative, "door": "today"}
        return render(request, "dashboard/shipping/send.html", context)
    result = send_many(form=form, by=request.user, now=timezone.now())
    if result.sent:
        words = ngettext("%(n)s parcel is sent.", "%(n)s parcels are sent.", result.sent)
        messages.success(request, words % {"n": result.sent})
    for problem in result.problems:
        messages.warning(request, problem)
    return redirect("backoffice:today", cooperative.slug)
