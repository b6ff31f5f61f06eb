"""How the screens about visitors get into Wagtail's admin; called by cms.expos.wagtail_hooks."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from cms.expos.admin.visitors import urls
from cms.expos.admin.visitors.desk import RIGHT
from cms.expos.admin.visitors.listing import EXPORTED


class OrganisersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RIGHT)


def register_visitors_urls() -> list[URLResolver]:
    return [path("fair-visitors/", include(urls))]


def register_visitors_menu() -> MenuItem:
    return OrganisersMenuItem(
        _("Visitors of fairs"),
        reverse("fair_visitors:fairs"),
        name="fair-visitors",
        icon_name="group",
        order=310,
    )


def register_visitors_log(actions: LogActionRegistry) -> None:
    actions.register_action(
        EXPORTED, _("Export visitors"), _("The visitors of the fair were exported")
    )


def register() -> None:
    hooks.register("register_admin_urls", register_visitors_urls)
    hooks.register("register_admin_menu_item", register_visitors_menu)
    hooks.register("register_log_actions", register_visitors_log)
