"""How many came, while they come."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from cms.expos.admin.visitors.desk import FairScreen, OrganiserOnly
from marketplace.day_words import day_span
from marketplace.fairs.door_counts import fair_counts
from marketplace.fairs.models import Fair


class FairsView(OrganiserOnly, BaseListingView):
    """The fairs whose visitors there are to see; the newest first."""

    page_title = _("Visitors of fairs")
    header_icon = "group"
    index_url_name = "fair_visitors:fairs"
    paginate_by = 20
    columns = [
        TitleColumn(
            "name",
            label=_("Fair"),
            get_url=lambda fair: reverse("fair_visitors:live", args=[fair.pk]),
        ),
        Column("days", label=_("Days"), accessor=lambda f: day_span(f.begins_on, f.ends_on)),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("expected_visitors", label=_("Expected visitors")),
    ]

    def get_base_queryset(self):  # noqa: ANN201
        return Fair.objects.newest_first()


class LiveView(FairScreen, TemplateView):
    """By day, and of one day by door and hour. The counts alone are asked for again every ten
    seconds."""

    screen = "live"
    template_name = "expos/admin/visitors/live.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.headers.get("HX-Request"):
            self.template_name = "expos/admin/visitors/counts.html"
        return super().get(request, *args, **kwargs)

    def day(self) -> date:
        """The one asked for, else today; never one outside of the fair."""
        try:
            asked = parse_date(self.request.GET.get("day", ""))
        except ValueError:
            asked = None
        day = asked or timezone.localdate()
        return min(max(day, self.fair.begins_on), self.fair.ends_on)

    def get_context_data(self, **kwargs: object) -> dict:
        counts = fair_counts(self.fair, self.day())
        context = super().get_context_data(**kwargs)
        return {**context, "counts": counts, "now": timezone.now()}
