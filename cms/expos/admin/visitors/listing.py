"""Who signed up for a fair: found by number, name or the end of the phone, filtered, exported."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.log_actions import log

from cms.expos.admin.visitors.desk import FairScreen
from cms.expos.admin.visitors.filters import VisitorFilterSet
from cms.expos.admin.visitors.rows import day_of, sessions_of, sheet_row, state_of
from marketplace.accounts.mobile import masked
from marketplace.fairs.models import Session, Ticket
from marketplace.settlement.csv_files import BOM, harmless

EXPORTED = "fairs.export_visitors"


class VisitorsView(SpreadsheetExportMixin, FairScreen, BaseListingView):
    """The list shows no whole phone number; the export does, and is written down."""

    screen = "visitors"
    template_name = "expos/admin/visitors/visitors.html"
    paginate_by = 50
    is_searchable = True
    filterset_class = VisitorFilterSet
    verbose_name_plural = _("Visitors")
    columns = [
        Column("number", label=pgettext_lazy("ticket", "Number")),
        Column("name", label=pgettext_lazy("of a person", "Name")),
        Column("phone", label=_("Mobile number"), accessor=lambda one: masked(one.phone)),
        Column("day", label=_("Day"), accessor=day_of),
        Column("sessions", label=_("Sessions"), accessor=sessions_of),
        Column("purpose", label=_("What for"), accessor="get_purpose_display"),
        Column("state", label=_("State"), accessor=state_of),
    ]
    list_export = [
        "number",
        "name",
        "phone",
        "email",
        "purpose",
        "day",
        "sessions",
        "state",
        "signed_up",
        "came_in",
    ]
    export_headings = {
        "number": pgettext_lazy("ticket", "Number"),
        "name": pgettext_lazy("of a person", "Name"),
        "phone": _("Mobile number"),
        "email": _("E-mail address"),
        "purpose": _("What for"),
        "day": _("Day"),
        "sessions": _("Sessions"),
        "state": _("State"),
        "signed_up": _("Signed up at"),
        "came_in": _("Came in at"),
    }

    def get_base_queryset(self) -> QuerySet[Ticket]:
        return Ticket.objects.filter(fair=self.fair).for_list().order_by("-pk")

    def get_index_url(self) -> str:
        return self.address("visitors")

    def get_index_results_url(self) -> str:
        return self.address("visitors_results")

    def get_filterset_kwargs(self) -> dict:
        sessions = Session.objects.filter(fair=self.fair).order_by("begins_at", "pk")
        return {**super().get_filterset_kwargs(), "sessions": sessions}

    def search_queryset(self, queryset: QuerySet[Ticket]) -> QuerySet[Ticket]:
        words = "".join(self.search_query.split()) if self.is_searching else ""
        if not words:
            return queryset
        found = Q(name__icontains=words)
        if words.isdecimal():
            found |= Q(number__startswith=words)
            # A whole number tells nothing that the searcher does not know.
            if len(words) >= 4:
                found |= Q(phone__endswith=words)
        return queryset.filter(found)

    def render_to_response(self, context: dict, **kwargs: object) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    def as_spreadsheet(self, queryset: QuerySet[Ticket], spreadsheet_format: str) -> HttpResponse:
        """Who took the list away, and when, stands in the site's history."""
        about = {"format": spreadsheet_format, "rows": len(queryset)}
        log(instance=self.fair, action=EXPORTED, user=self.request.user, data=about)
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def to_row_dict(self, item: Ticket) -> dict[str, str]:
        return sheet_row(item)

    def stream_csv(self, queryset: QuerySet[Ticket]) -> Iterator[bytes]:
        """With the mark by which Excel knows Chinese."""
        yield BOM.encode()
        yield from super().stream_csv(queryset)

    def preprocess_field_value(self, field: str, value: str, export_format: str) -> object:
        """No cell runs as a formula; in Excel's own format the mixin sees to it."""
        return harmless(value) if export_format == self.FORMAT_CSV else value

    def get_filename(self) -> str:
        return f"visitors-{self.fair.pk}-{timezone.localdate():%Y%m%d}"

    def get_heading(self, queryset: QuerySet[Ticket], field: str) -> str:
        return str(self.export_headings[field])

    @property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return gettext("Nobody is found by this.")
        return gettext("Nobody has signed up yet.")
