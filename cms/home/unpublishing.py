"""Taking a page off the site: first one is told where it is used.

It is not refused, unlike deleting: navigation, sections and texts leave out what leads to a page
that is not published, and show it again once the page is.
"""

from typing import Any

from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet

from cms.home.deleting import uses_of


class UnpublishPage(UnpublishView):
    """With its translations, which Wagtail takes off together with it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"uses": uses_of(self.objects_to_unpublish)}


class UnpublishPages(UnpublishBulkAction):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"uses": uses_of(row["item"] for row in context["items"])}


class OurPageViewSet(PageViewSet):
    """For all kinds of pages that have none of their own."""

    unpublish_view_class = UnpublishPage
