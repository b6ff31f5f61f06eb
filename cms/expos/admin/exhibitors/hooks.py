"""How fairs get into Wagtail's admin; called by cms.expos.wagtail_hooks."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.expos.admin.exhibitors import urls
from cms.expos.admin.exhibitors.front import add_fairs
from cms.expos.admin.exhibitors.screens import RIGHT
from cms.expos.admin.exhibitors.viewsets import FairsGroup
from cms.expos.models import FairPage
from marketplace.accounts.models import User
from marketplace.fairs.models import Reviewer


class ReviewersMenuItem(MenuItem):
    """Organisers reach applications by the fair's desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        if request.user.has_perm(RIGHT):
            return False
        return Reviewer.objects.filter(user=request.user).exists()


def register_desk_urls() -> list[URLResolver]:
    return [path("fair/", include(urls))]


def register_reviews_menu() -> MenuItem:
    return ReviewersMenuItem(
        _("Applications to score"),
        reverse("fair_desk:reviews"),
        name="fair-reviews",
        icon_name="form",
        order=305,
    )


def page_buttons(
    page: Page, user: User, next_url: str | None = None, view_name: str = ""
) -> Iterator[Button]:
    """From the page of a fair to its desk."""
    if page.specific_class is FairPage and user.has_perm(RIGHT):
        url = reverse("fair_desk:desk", args=[page.specific.fair_id])
        yield Button(_("Desk"), url, icon_name="clipboard-list", priority=36)


def register() -> None:
    hooks.register("register_admin_viewset", FairsGroup)
    hooks.register("register_admin_urls", register_desk_urls)
    hooks.register("register_admin_menu_item", register_reviews_menu)
    hooks.register("register_page_header_buttons", page_buttons)
    hooks.register("construct_homepage_panels", add_fairs)
