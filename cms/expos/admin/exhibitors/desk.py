"""The desk of a fair: how far it is, what may be done next, and the ways to everything else."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from cms.expos.admin.exhibitors.screens import FairScreen
from marketplace.fairs.models import Allotment, Booth, Fair, Ticket
from marketplace.fairs.refusals import FairRefused
from marketplace.fairs.services.states import FOLLOWING, move_fair, refusal_of

State = Fair.State
ORDER = list(State)
WORDS = {
    (State.DRAFT, State.CALL): gettext_lazy("Open the call"),
    (State.CALL, State.DRAFT): gettext_lazy("Take the call back"),
    (State.CALL, State.PLANNED): gettext_lazy("End the call: the fair is planned"),
    (State.PLANNED, State.CALL): gettext_lazy("Open the call again"),
    (State.PLANNED, State.RUNNING): gettext_lazy("The fair begins"),
    (State.RUNNING, State.CLOSED): gettext_lazy("Close the fair"),
    (State.CLOSED, State.REPORTED): gettext_lazy("The report is done"),
}


class DeskLink(NamedTuple):
    """A way from the desk: the name of an address that takes the fair's key, its words, its sign,
    and what there is behind it in numbers."""

    name: str
    label: str
    icon: str
    count: Callable[[Fair], str]


class Move(NamedTuple):
    to: str
    label: str
    is_back: bool
    refusal: FairRefused | None


def count_applications(fair: Fair) -> str:
    handed_in = fair.exhibitors.handed_in()
    about = {"total": handed_in.count(), "waiting": handed_in.filter(state="applied").count()}
    return _("%(total)s handed in, %(waiting)s to be judged") % about


def count_booths(fair: Fair) -> str:
    given = Allotment.objects.filter(fair=fair).in_force(timezone.now()).count()
    about = {"total": Booth.objects.filter(fair=fair).count(), "given": given}
    return _("%(given)s of %(total)s given") % about


def count_visitors(fair: Fair) -> str:
    return _("%(number)s signed up") % {"number": Ticket.objects.filter(fair=fair).live().count()}


DESK_LINKS = [
    DeskLink(
        "fair_desk:applications", pgettext_lazy("fair", "Applications"), "form", count_applications
    ),
    DeskLink("fair_desk:booths", gettext_lazy("Booths"), "grip", count_booths),
    DeskLink("fair_visitors:live", gettext_lazy("Visitors and doors"), "group", count_visitors),
]


def moves_of(fair: Fair) -> list[Move]:
    """Each step that there is from here, with what stands against it now."""
    now, here = timezone.now(), State(fair.state)
    return [
        Move(
            to,
            str(WORDS[here, to]),
            ORDER.index(to) < ORDER.index(here),
            refusal_of(fair, to=to, now=now),
        )
        for to in FOLLOWING[here]
    ]


class DeskView(FairScreen, TemplateView):
    template_name = "expos/admin/exhibitors/desk.html"

    def get_page_title(self) -> str:
        return self.fair.name

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict]:
        fairs = {"url": reverse("fairs:index"), "label": _("Fairs")}
        return [*self.breadcrumbs_items, fairs, {"url": "", "label": self.fair.name}]

    def get_header_buttons(self) -> list:
        edit = reverse("fairs:edit", args=[self.fair.pk])
        return [HeaderButton(_("Edit"), url=edit, icon_name="edit")]

    def get_context_data(self, **kwargs: object) -> dict:
        links = [
            {
                "url": reverse(link.name, args=[self.fair.pk]),
                "label": link.label,
                "icon": link.icon,
                "count": link.count(self.fair),
            }
            for link in DESK_LINKS
        ]
        return {
            **super().get_context_data(**kwargs),
            "links": links,
            "moves": moves_of(self.fair),
            "steps": self.fair.steps.select_related("by").order_by("at", "pk"),
            "stages": [(state.label, state == self.fair.state) for state in State],
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The button's `to` says where the fair is to go."""
        to, about = request.POST.get("to", ""), {"by": request.user, "now": timezone.now()}
        if to not in State.values:
            messages.error(request, _("Choose what is to be done."))
            return redirect(self.address("desk"))
        try:
            fair = move_fair(fair_id=self.fair.pk, to=to, **about)
        except FairRefused as refusal:
            messages.error(request, refusal.words)
        else:
            words = _("The fair stands at “%(state)s” now.")
            messages.success(request, words % {"state": fair.get_state_display()})
        return redirect(self.address("desk"))
