"""What the organiser's screens about visitors share: the fair, who may see it, the way around."""

from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.expos.admin.exhibitors.screens import RIGHT
from marketplace.fairs.models import Fair

# Screens of one fair: the name of the address and what it is called.
SCREENS = ("live", "visitors", "sessions", "doors")


def screen_label(name: str) -> str:
    return {
        "live": _("Live counts"),
        "visitors": _("Visitors"),
        "sessions": _("Seats"),
        "doors": _("Doors"),
    }[name]


class VisitorScreen(WagtailAdminTemplateMixin):
    """One of the screens about a fair's visitors; `screen` is its name. For whoever may change
    fairs; others are led to the admin's home page with words."""

    screen = ""
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(RIGHT):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def fair(self) -> Fair:
        return get_object_or_404(Fair, pk=self.kwargs["pk"])

    def address(self, name: str, *more: object) -> str:
        return reverse(f"fair_visitors:{name}", args=[self.fair.pk, *more])

    def get_page_title(self) -> str:
        return screen_label(self.screen)

    def get_page_subtitle(self) -> str:
        return self.fair.name

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("fairs:index"), "label": _("Fairs")},
            {"url": reverse("fair_desk:desk", args=[self.fair.pk]), "label": self.fair.name},
            {"url": "", "label": self.get_page_title(), "sublabel": self.fair.name},
        ]

    def get_context_data(self, **kwargs: object) -> dict:
        screens = [
            {"label": screen_label(name), "url": self.address(name), "is_here": name == self.screen}
            for name in SCREENS
        ]
        return {**super().get_context_data(**kwargs), "fair": self.fair, "screens": screens}
