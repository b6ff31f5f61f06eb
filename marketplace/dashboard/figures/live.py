"""Figures as they stand now: all of them for the operator, its own for a county."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.assistance.models import Record
from catalog.origins.models import Region
from marketplace.dashboard.access import confirmers_only, operators_only
from marketplace.dashboard.figures.live_page import read_live

TEMPLATE = "dashboard/figures/live.html"


@operators_only
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    waiting_url = f"{reverse('backoffice:benefit_records')}?state={Record.State.SUBMITTED}"
    page = read_live(request.GET, now=timezone.now())
    return render(request, TEMPLATE, {"page": page, "waiting_url": waiting_url, "door": "figures"})


@confirmers_only
@require_safe
def show_county(request: HttpRequest, county: Region) -> HttpResponse:
    """Nothing of other counties."""
    waiting_url = reverse("backoffice:county_records", args=[county.pk])
    page = read_live(request.GET, now=timezone.now(), county=county)
    context = {"page": page, "waiting_url": waiting_url, "door": "county_figures"}
    return render(request, TEMPLATE, context)
