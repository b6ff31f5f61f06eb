"""Writing the first pages of brands and counties, and the page that lists them."""

from collections.abc import Mapping

from wagtail.models import Page

from cms.brands.models import BrandIndexPage, BrandPage, CountyPage
from cms.home.models import HomePage
from cms.services.articles import write_article
from cms.services.words import Words


def write_brands(*, texts: Mapping, words: Words, home: HomePage) -> dict[str, Page]:
    """The list, its brands and its counties by slug, as "brands/oats".

    A page of another kind that stands in the place of the list stays with what is below it.
    """
    index = write_article(kind=BrandIndexPage, row=texts["index"], words=words, parent=home)
    if isinstance(index, BrandIndexPage):
        for row in texts["brand"]:
            write_brand(row=row, words=words, index=index)
        for row in texts["county"]:
            write_county(row=row, words=words, index=index)
    below = {f"{index.slug}/{page.slug}": page for page in index.get_children()}
    return {index.slug: index, **below}


def write_brand(*, row: Mapping, words: Words, index: BrandIndexPage) -> Page:
    return write_article(
        kind=BrandPage,
        row=row,
        words=words,
        parent=index,
        colour=row["colour"],
        specialty_id=words.specialties[row["specialty"]],
    )


def write_county(*, row: Mapping, words: Words, index: BrandIndexPage) -> Page:
    return write_article(
        kind=CountyPage,
        row=row,
        words=words,
        parent=index,
        county_id=words.counties[row["county"]],
    )
