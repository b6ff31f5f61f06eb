"""The base of every page of the site whose body is made of sections."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page

from cms.blocks.language import language_links, page_address
from cms.blocks.reading import Found, Needs
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

    class Meta:
        abstract = True

    def needs(self) -> Needs:
        needs = Needs(translations_of=self)
        for child in self.body:
            child.block.gather(child.value, needs)
        return needs

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
            "share": self.share(found),
            "json_ld": to_script([*nodes, breadcrumb_list(trail)] if trail else nodes),
            **language_links(found.translations),
        }

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
