"""How the screens about visitors get into Wagtail's admin; called by cms.expos.wagtail_hooks."""

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from cms.expos.admin.visitors import urls
from cms.expos.admin.visitors.listing import EXPORTED


def register_visitors_urls() -> list[URLResolver]:
    return [path("fair-visitors/", include(urls))]


def register_visitors_log(actions: LogActionRegistry) -> None:
    actions.register_action(
        EXPORTED, _("Export visitors"), _("The visitors of the fair were exported")
    )


def register() -> None:
    hooks.register("register_admin_urls", register_visitors_urls)
    hooks.register("register_log_actions", register_visitors_log)
