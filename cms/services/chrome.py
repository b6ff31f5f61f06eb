"""Writing navigation and footer for the first time."""

from collections.abc import Mapping

from django.utils import translation
from wagtail.models import Page

from catalog.models import Category
from cms.home.models import SiteChrome

PLAIN = ("tagline", "tagline_en", "blurb", "blurb_en", "icp_number", "police_number")


def write_chrome(*, texts: Mapping, pages: Mapping[str, Page]) -> None:
    """Unless an editor already has some. `pages` by slug; a link may also name a specialty."""
    if SiteChrome.objects.exists():
        return
    with translation.override("zh-hans"):
        SiteChrome.objects.create(
            **{name: texts[name] for name in PLAIN},
            navigation=[("link", _link(row, pages)) for row in texts["navigation"]],
            footer=[
                ("column", {**row, "links": [_link(link, pages) for link in row["links"]]})
                for row in texts["footer"]
            ],
            legal=[("link", _link(row, pages)) for row in texts["legal"]],
        )


def _link(row: Mapping, pages: Mapping[str, Page]) -> dict:
    link = {"label": row["label"], "label_en": row["label_en"]}
    if "page" in row:
        return {**link, "page": pages[row["page"]].pk}
    if "specialty" in row:
        category = Category.objects.specialties().get(slug=row["specialty"])
        return {**link, "url": category.get_absolute_url(), "colour": category.colour}
    return {**link, "url": row.get("url", "")}
