"""The organiser's fairs on the first page of the admin."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from cms.expos.admin.exhibitors.screens import RIGHT
from marketplace.fairs.models import Fair


class FairsPanel(Component):
    """What is being prepared or is on, the nearest first; each name leads to its desk."""

    name = "fairs"
    template_name = "expos/admin/exhibitors/front.html"
    order = 90

    def get_context_data(self, parent_context: Mapping) -> dict:
        return {"fairs": Fair.objects.for_desks().not_over(timezone.localdate())}


def add_fairs(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(RIGHT):
        panels.append(FairsPanel())
