"""Published pages for the sitemap: in each language that a page has, with its alternates."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from wagtail.models import Page

from cms.blocks.language import page_address
from marketplace.shop.sitemaps import entries_of, parted


def public_pages() -> QuerySet[Page]:
    """From the home pages down, without those that not everybody may see."""
    return Page.objects.live().public().filter(depth__gt=1)


class PageSection:
    """Its rows are pages with their translations: (key of these, time of the last change)."""

    def paginator(self) -> Paginator:
        rows = public_pages().values_list("translation_key").annotate(Max("last_published_at"))
        return parted(rows.order_by("translation_key"))

    def entries(self, rows: Iterable[tuple]) -> list[dict]:
        changed = dict(rows)
        pages = public_pages().filter(translation_key__in=changed).select_related("locale")
        paths: dict = defaultdict(dict)
        for page in pages.order_by("path"):
            paths[page.translation_key][page.locale.language_code] = page_address(page)
        return [entry for key in paths for entry in entries_of(paths[key], changed[key])]
