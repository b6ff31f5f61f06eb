"""The base of every page of the site whose body is made of sections."""

from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import Panel
from wagtail.models import Page, Revision

from cms.blocks.faults import refuse_faults
from cms.blocks.faults_panel import FaultsPanel
from cms.blocks.forms import SectionsPageForm
from cms.blocks.hints_panel import HintsPanel
from cms.blocks.language import language_links, page_address
from cms.blocks.reading import Found, Needs, needs_of_sections
from marketplace.pictures import Picture
from marketplace.shop.caching import public_page
from marketplace.shop.seo import Breadcrumbs, breadcrumb_list, to_script
from marketplace.shop.sharing import Share


class SectionsPage(Page):
    """A page whose `body` is sections; all that they show is read in a few queries.

    Every such page has its trail, its words for other sites and its data for search engines; a
    kind of page adds to them by `picture_of`, `share_kind` and `nodes`.
    """

    share_kind = "website"
    # Static files that pages of the kind need, whatever sections they have.
    scripts: tuple[str, ...] = ()

    base_form_class = SectionsPageForm
    # Pages are kept whole for everybody: none can be for some only.
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    @classmethod
    @cache
    def get_edit_handler(cls) -> Panel:
        """What keeps the page from being published, and what visitors will not see of it, stands
        above all its fields."""
        handler = super().get_edit_handler()
        above = [panel.bind_to_model(cls) for panel in (FaultsPanel(), HintsPanel())]
        handler.children[0].children[:0] = above
        return handler

    @transaction.atomic
    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Also what is scheduled, approved or published in bulk. Raises PageHasFaults."""
        page = revision.as_object()
        page.hold()
        refuse_faults(page, timezone.localdate())
        return super().publish(revision, *args, **kwargs)

    def hold(self) -> None:
        """Lock what the page rests on beside itself, until it is published."""

    def own_faults(self, day: date) -> dict[str, ValidationError]:
        """What keeps this kind of page from being published, by field, beside its words and
        pictures."""
        return {}

    def needs(self) -> Needs:
        """Kinds of pages that show more than their sections add to it."""
        return needs_of_sections(self)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        found = Found(self.needs(), day=timezone.localdate())
        trail = self.trail(found)
        nodes = self.nodes(found)
        return {
            **context,
            "found": found,
            "picture": self.picture_of(found),
            "breadcrumbs": trail,
            "scripts": self.all_scripts(),
            "share": self.share(found),
            "json_ld": to_script([*nodes, breadcrumb_list(trail)] if trail else nodes),
            **language_links(found.translations),
        }

    def all_scripts(self) -> list[str]:
        """Each once."""
        of_sections = (child.block.script for child in self.body)
        return list(dict.fromkeys(filter(None, (*self.scripts, *of_sections))))

    def trail(self, found: Found) -> Breadcrumbs:
        """Breadcrumbs, from the home page down; the home page itself has none."""
        above = [(page.title, found.addresses[page.pk]) for page in found.above]
        return [*above, (self.title, self.address(found))] if above else []

    def address(self, found: Found) -> str:
        """A draft that is looked at has one too."""
        return found.addresses.get(self.pk) or page_address(self)

    def picture_of(self, found: Found) -> Picture | None:
        """The one that stands for the page."""
        return None

    def nodes(self, found: Found) -> list[dict]:
        """For search engines, beside the trail."""
        return []

    def lines(self) -> str:
        """What the page is about, in a sentence."""
        return self.search_description

    def share(self, found: Found) -> Share:
        title = self.seo_title or self.title
        return Share(title, self.lines(), self.picture_of(found), self.share_kind)

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return public_page(super().serve)(request, *args, **kwargs)
