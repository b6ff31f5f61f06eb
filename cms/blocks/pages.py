"""The base of every page of the site whose body is made of sections."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import Panel
from wagtail.models import Page, Revision

from cms.blocks.faults import refuse_faults
from cms.blocks.faults_panel import FaultsPanel
from cms.blocks.forms import SectionsPageForm
from cms.blocks.language import language_links
from cms.blocks.reading import Found, Needs
from marketplace.shop.caching import public_page


class SectionsPage(Page):
    """A page whose `body` is sections; all that they show is read in a few queries."""

    base_form_class = SectionsPageForm
    # Pages are kept whole for everybody: none can be for some only.
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    @classmethod
    @cache
    def get_edit_handler(cls) -> Panel:
        """What keeps the page from being published stands above all its fields."""
        handler = super().get_edit_handler()
        handler.children[0].children.insert(0, FaultsPanel().bind_to_model(cls))
        return handler

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Also what is scheduled, approved or published in bulk. Raises PageHasFaults."""
        refuse_faults(revision.as_object(), timezone.localdate())
        return super().publish(revision, *args, **kwargs)

    def needs(self) -> Needs:
        needs = Needs(translations_of=self)
        for child in self.body:
            child.block.gather(child.value, needs)
        return needs

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        found = Found(self.needs(), day=timezone.localdate())
        return {**context, "found": found, **language_links(found.translations)}

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return public_page(super().serve)(request, *args, **kwargs)
