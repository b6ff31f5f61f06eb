"""Moving a page to where it cannot be is refused in words; Wagtail's own speak of permission."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from cms.home.deleting import HOME_DEPTH


def refuse_move(request: HttpRequest, page: Page, parent: Page) -> HttpResponse | None:
    """Before Wagtail asks whether one is sure. Of permissions Wagtail speaks itself."""
    if page.depth > HOME_DEPTH and not page.permissions_for_user(request.user).can_move():
        return None
    words = problem_of(page.specific, parent)
    if not words:
        return None
    messages.error(request, words)
    back = page if page.depth <= HOME_DEPTH else page.get_parent()
    return redirect("wagtailadmin_explore", back.pk)


def problem_of(page: Page, parent: Page) -> str:
    """Why the page cannot lie there, whoever moves it; empty when it can."""
    names = {"page": page.get_admin_display_title(), "parent": parent.get_admin_display_title()}
    if page.depth <= HOME_DEPTH:
        return _("Nothing was moved: the home page stays where it is.")
    if page.pk == parent.pk or parent.is_descendant_of(page):
        return _("Nothing was moved: “%(page)s” cannot lie below itself.") % names
    if page.is_child_of(parent) or page.can_move_to(parent):
        return ""
    if parent.depth > 1 and parent.locale_id != page.locale_id:
        return _("Nothing was moved: “%(parent)s” is in another language.") % names
    names["kind"] = page.get_verbose_name()
    if page.can_exist_under(parent):
        return (
            _("Nothing was moved: “%(parent)s” has a page of the kind “%(kind)s” already.") % names
        )
    return (
        _("Nothing was moved: below “%(parent)s” there are no pages of the kind “%(kind)s”.")
        % names
    )
