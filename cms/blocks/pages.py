"""The base of every page of the site whose body is made of sections."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page

from cms.blocks.language import language_links, page_address
from cms.blocks.reading import Found, Needs
from marketplace.shop.caching import public_page


class SectionsPage(Page):
    """A page whose `body` is sections; all that they show is read in a few queries."""

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
        return {**context, "found": found, **language_links(found.translations)}

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return public_page(super().serve)(request, *args, **kwargs)

    def trail(self) -> list[tuple[str, str]]:
        """Breadcrumbs, from the home page down."""
        above = self.get_ancestors().filter(depth__gte=2).select_related("locale")
        return [*((page.title, page_address(page)) for page in above), (self.title, "")]
