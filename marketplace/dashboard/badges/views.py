"""The picture of each producer, and another one for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.producers.models import Cooperative
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.badges.forms import BadgeForm
from marketplace.dashboard.badges.services import change_badge
from marketplace.dashboard.fields import sent
from marketplace.dashboard.listing import FilterForm, read_page
from marketplace.dashboard.models import Change
from marketplace.dashboard.words import ChangeRow

DOOR, LATEST = "badges", 20


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    makers = Cooperative.objects.for_cards().order_by("short_name", "pk")
    total = makers.order_by().count()
    page = read_page(makers, total=total, form=FilterForm(request.GET), path=request.path)
    return render(request, "dashboard/badges/list.html", {"page": page, "door": DOOR})


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    maker = get_object_or_404(Cooperative, slug=slug)
    form = BadgeForm(*sent(request))
    if form.is_valid():
        photo = form.cleaned_data["photo"]
        change_badge(cooperative=maker, photo=photo, by=request.user, now=timezone.now())
        messages.success(request, _("Saved. The shop shows it as soon as its sizes are made."))
        return redirect("backoffice:badge", slug)
    changes = [
        ChangeRow(maker.short_name_text, [_("A new picture")], one.at, one.by)
        for one in Change.objects.latest_of(Change.Room.BADGE, str(maker.pk))[:LATEST]
    ]
    context = {"form": form, "maker": maker, "changes": changes, "door": DOOR}
    return render(request, "dashboard/badges/one.html", context)
