"""Writing the first pages of the site in Chinese and English: home, plain pages and the rest."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.db import transaction
from wagtail.models import Page

from catalog.models import Category
from catalog.origins.models import Region
from cms.home.chrome import forget_chrome
from cms.home.models import HomePage, StandardPage
from cms.services.articles import write_article
from cms.services.brands import write_brands
from cms.services.chrome import write_chrome
from cms.services.fairs import write_fairs
from cms.services.pictures import write_pictures
from cms.services.stories import write_stories
from cms.services.words import Words, home_sections

LEAD_IMAGES = ("home.webp", "home-m.webp")


@transaction.atomic
def write_pages(
    *,
    texts: Mapping,
    stories: Mapping,
    brands: Mapping,
    fair_texts: Mapping,
    images: Path,
    goods: Mapping[int, int],
    cooperatives: Mapping[str, int],
    fairs: Mapping[str, int],
    day: date,
) -> None:
    """Write what is missing of the pages that the texts describe; what exists is an editor's
    and is left alone, so a second call changes nothing.

    texts, stories, brands, fair_texts: the demonstration's pages.toml, stories.toml,
    brands.toml and fairs.toml.
    images: the folder of the named pictures, with home.webp and home-m.webp.
    goods: key of the Product (parent) by catalogue number.
    cooperatives: key of the Cooperative by the name that the texts give it, as "P4".
    fairs: key of the Fair by the key that the texts give it.
    day: the day from which the texts count.

    Categories and regions must be there. Raises KeyError for a good, cooperative, specialty,
    county or page that the texts name and nobody has.
    """
    written = (texts, stories, brands, fair_texts)
    pictures = write_pictures(folder=images, names=LEAD_IMAGES, texts=written)
    keys = {
        "day": day,
        "pictures": pictures,
        "goods": goods,
        "cooperatives": cooperatives,
        "fairs": fairs,
        "specialties": dict(Category.objects.specialties().values_list("slug", "pk")),
        "counties": dict(Region.objects.origins().values_list("code", "pk")),
    }
    # Chinese first: the navigation links to its pages, and finds their translations itself.
    for home in HomePage.objects.order_by("path").select_related("locale"):
        words = Words(language=home.locale.language_code, **keys)
        pages = {
            **{row["slug"]: write_page(row=row, words=words, home=home) for row in texts["page"]},
            **write_stories(texts=stories, words=words, home=home),
            **write_brands(texts=brands, words=words, home=home),
            **write_fairs(texts=fair_texts, words=words, home=home),
        }
        write_home(home=home, texts=texts["home"], words=words, pages=pages)
        if words.language == "zh-hans":
            write_chrome(texts=texts["chrome"], pages=pages)
    forget_chrome()


def write_page(*, row: Mapping, words: Words, home: HomePage) -> Page:
    """A plain page below the home page of its language: one text."""
    body = [("text", {"text": words.of(row, "body").strip()})]
    return write_article(kind=StandardPage, row=row, words=words, parent=home, body=body)


def write_home(*, home: HomePage, texts: Mapping, words: Words, pages: Mapping[str, Page]) -> None:
    if home.body:
        return
    home.title = home.draft_title = words.of(texts, "title")
    home.search_description = words.of(texts, "description")
    home.body = home_sections(texts, words, pages)
    home.save_revision().publish()
