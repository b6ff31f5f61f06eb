"""How many came, while they come."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.generic import TemplateView

from cms.expos.admin.visitors.desk import VisitorScreen
from marketplace.fairs.door_counts import fair_counts


class LiveView(VisitorScreen, TemplateView):
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
