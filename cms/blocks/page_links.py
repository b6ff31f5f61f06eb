"""Links to pages within running text."""

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler


class PublicPageLinks(PageLinkHandler):
    """To a page that is not published, nobody is led; the link comes back with the page."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Page | None]:
        return [page if page and page.live else None for page in super().get_many(attrs_list)]
