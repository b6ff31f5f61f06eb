"""A page that others lead to is not deleted: navigation and texts would lead nowhere.

Who leads where is known from Wagtail's index, which the worker brings up to date after each save.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page, ReferenceIndex

HOME_DEPTH = 2


def uses_of(pages: Iterable[Page]) -> list[str]:
    """What refers to these pages or to those below them, without those themselves."""
    keys = {str(key) for page in pages for key in _tree(page)}
    kind = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=keys)
    references = references.exclude(base_content_type=kind, object_id__in=keys)
    sources = (source for source, _found in references.group_by_source_object())
    return sorted({f"{capfirst(row._meta.verbose_name)} {get_latest_str(row)}" for row in sources})


def _tree(page: Page) -> Iterable[int]:
    return page.get_descendants(inclusive=True).values_list("pk", flat=True)


def refuse_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before Wagtail asks whether one is sure."""
    if not _told(request, [page]):
        return None
    return redirect("wagtailadmin_pages:usage", page.pk)


def refuse_bulk_delete(
    request: HttpRequest, action_type: str, objects: Iterable[Any], view: BulkAction
) -> HttpResponse | None:
    """None of the chosen pages is deleted when one of them is needed elsewhere."""
    if action_type != "delete" or view.model is not Page or not _told(request, objects):
        return None
    return redirect(view.next_url)


def _told(request: HttpRequest, pages: Iterable[Page]) -> bool:
    words = refusal(pages)
    if words:
        messages.error(request, words)
    return bool(words)


def refusal(pages: Iterable[Page]) -> str:
    """Empty when they may go."""
    pages = list(pages)
    if any(page.depth <= HOME_DEPTH for page in pages):
        return _("Nothing was deleted: the home page stays, every other page lies below it.")
    uses = uses_of(pages)
    if not uses:
        return ""
    words = _("Nothing was deleted: it is still used by %(uses)s. Take it out there first.")
    return words % {"uses": "、".join(uses)}
