"""Buttons that publish without a page's form: in words, and nothing half done."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page

from cms.blocks.faults import PageHasFaults, refuse_faults
from cms.blocks.pages import SectionsPage


def tell(request: HttpRequest, found: PageHasFaults) -> None:
    words = {"title": found.page.get_admin_display_title(), "words": " ".join(found.words)}
    messages.error(request, _("“%(title)s” was not published. %(words)s") % words)


class ApproveView(WorkflowActionView):
    """Approving from a list; what was found is named on the page's own screen."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except PageHasFaults as found:
            tell(request, found)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            data = {"step": "success", "redirect": self.redirect_url}
            return self.render_modal_json(request, data)
        return redirect(self.redirect_url)


approve = require_admin_access(ApproveView.as_view())


def refuse_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], view: BulkAction
) -> HttpResponse | None:
    """All or none of the chosen pages are published."""
    if action_type != "publish" or view.model is not Page:
        return None
    latest = (page.get_latest_revision_as_object() for page in to_publish(objects, view))
    found = [fault for page in latest if (fault := fault_of(page))]
    for fault in found:
        tell(request, fault)
    return redirect(view.next_url) if found else None


def to_publish(pages: Iterable[Page], view: BulkAction) -> Iterable[Page]:
    for page in pages:
        yield page
        if view.cleaned_form.cleaned_data["include_descendants"]:
            yield from page.get_descendants().not_live()


def fault_of(page: Page) -> PageHasFaults | None:
    if isinstance(page, SectionsPage):
        try:
            refuse_faults(page, timezone.localdate())
        except PageHasFaults as found:
            return found
    return None
