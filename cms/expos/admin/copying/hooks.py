"""How the screen gets into Wagtail's admin; called by cms.expos.wagtail_hooks."""

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.expos.admin.copying.views import NewFairView, may_copy
from cms.expos.models import FairPage
from marketplace.accounts.models import User


def register_urls() -> list[URLPattern]:
    return [path("new-fair/<int:pk>/", NewFairView.as_view(), name="new_fair")]


def buttons(
    page: Page, user: User, next_url: str | None = None, view_name: str = ""
) -> Iterator[Button]:
    if page.specific_class is FairPage and may_copy(user, page):
        url = reverse("new_fair", args=[page.pk])
        yield Button(_("A new fair from this one"), url, icon_name="copy", priority=35)


def register() -> None:
    hooks.register("register_admin_urls", register_urls)
    hooks.register("register_page_listing_more_buttons", buttons)
    hooks.register("register_page_header_buttons", buttons)
