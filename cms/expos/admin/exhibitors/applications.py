"""The applications for a fair, as a list; and for a reviewer, the fairs that name them."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.expos.admin.exhibitors.screens import FairScreen
from marketplace.fairs.counting import fill_of
from marketplace.fairs.models import Exhibitor, Fair
from marketplace.fairs.services.deciding import own_cooperatives

State = Exhibitor.State
# What is on the reviewers' table stands first.
STATES = (State.APPLIED, State.ACCEPTED, State.RESERVE, State.DECLINED, State.WITHDRAWN)


class Choice(NamedTuple):
    label: str
    url: str
    is_chosen: bool


class ApplicationsView(FairScreen, TemplateView):
    for_reviewers = True
    template_name = "expos/admin/exhibitors/applications.html"
    page_title = pgettext_lazy("fair", "Applications")

    def get_context_data(self, **kwargs: object) -> dict:
        everybody = list(Exhibitor.objects.filter(fair=self.fair).for_table())
        chosen = self.chosen(everybody)
        rows = [
            row
            for row in everybody
            if chosen["state"] in ("", row.state) and chosen["county"] in ("", row.county_id)
        ]
        mine, own = self.scored_by_me(), own_cooperatives(self.request.user, timezone.now())
        return {
            **super().get_context_data(**kwargs),
            "rows": [(row, row.pk in mine, row.cooperative_id in own) for row in rows],
            "total": len(everybody),
            "states": self.choices("state", [(s, State(s).label) for s in STATES], chosen),
            "counties": self.choices("county", counties_of(everybody), chosen),
            "fills": fill_of(self.fair) if self.is_organiser else [],
            "is_reviewer": self.is_reviewer,
        }

    def chosen(self, everybody: list[Exhibitor]) -> dict[str, str]:
        """A filter that nobody fits, such as an old link's, is as none."""
        state, county = self.request.GET.get("state", ""), self.request.GET.get("county", "")
        known = {row.county_id for row in everybody}
        return {
            "state": state if state in STATES else "",
            "county": county if county in known else "",
        }

    def choices(
        self, name: str, labels: list[tuple[str, str]], chosen: dict[str, str]
    ) -> list[Choice]:
        def url(value: str) -> str:
            query = {key: word for key, word in {**chosen, name: value}.items() if word}
            return f"?{urlencode(query)}"

        every = ("", _("All"))
        return [
            Choice(label, url(value), chosen[name] == value) for value, label in (every, *labels)
        ]

    def scored_by_me(self) -> set[int]:
        """What the reader, were it a reviewer, has given marks to."""
        own = Exhibitor.objects.filter(fair=self.fair, reviews__reviewer=self.request.user)
        return set(own.values_list("pk", flat=True))


def counties_of(everybody: list[Exhibitor]) -> list[tuple[str, str]]:
    found = {row.county_id: row.county.name_text for row in everybody}
    return sorted(found.items())


class ReviewsView(WagtailAdminTemplateMixin, TemplateView):
    """The fairs that name the reader as a reviewer, the newest first."""

    template_name = "expos/admin/exhibitors/reviews.html"
    page_title = gettext_lazy("Applications to score")
    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.fairs = list(Fair.objects.reviewed_by(request.user).for_desks())
        if not self.fairs:
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: object) -> dict:
        return {**super().get_context_data(**kwargs), "fairs": self.fairs}
