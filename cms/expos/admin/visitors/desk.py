"""What the organiser's screens about visitors share: the fair, who may see it, the way around."""

from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.fairs.models import Fair

RIGHT = "fairs.change_fair"
# Screens of one fair: the name of the address and what it is called.
SCREENS = ("live", "visitors", "sessions", "doors")


def screen_label(name: str) -> str:
    return {
        "live": _("Live counts"),
        "visitors": _("Visitors"),
        "sessions": _("Seats"),
        "doors": _("Doors"),
    }[name]


class OrganiserOnly:
    """For whoever may change fairs; others are led to the admin's home page with words."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(RIGHT):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)


class FairScreen(OrganiserOnly, WagtailAdminTemplateMixin):
    """One of the screens of a fair; `screen` is its name."""

    screen = ""
    header_icon = "group"

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
            {"url": reverse("fair_visitors:fairs"), "label": _("Visitors of fairs")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.fair.name},
        ]

    def get_context_data(self, **kwargs: object) -> dict:
        screens = [
            {"label": screen_label(name), "url": self.address(name), "is_here": name == self.screen}
            for name in SCREENS
        ]
        return {**super().get_context_data(**kwargs), "fair": self.fair, "screens": screens}
