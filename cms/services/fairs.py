"""Writing the first pages of fairs, and the page that lists them."""

from collections.abc import Mapping

from wagtail.models import Page

from cms.expos.models import FairIndexPage, FairPage
from cms.home.models import HomePage
from cms.services.articles import write_article
from cms.services.words import Words


def write_fairs(*, texts: Mapping, words: Words, home: HomePage) -> dict[str, Page]:
    """The list and the page of every fair by slug, as "expos/nianhuo".

    A page of another kind that stands in the place of the list stays with what is below it.
    """
    index = write_article(kind=FairIndexPage, row=texts["index"], words=words, parent=home)
    if isinstance(index, FairIndexPage):
        for row in texts["fair"]:
            write_fair(row=row, words=words, index=index)
    below = {f"{index.slug}/{page.slug}": page for page in index.get_children()}
    return {index.slug: index, **below}


def write_fair(*, row: Mapping, words: Words, index: FairIndexPage) -> Page:
    """Names, days and people are read from the fair's rows; the texts add what is said of it."""
    head = row["page"]
    introduction = words.of(head, "introduction")
    return write_article(
        kind=FairPage,
        row=row,
        words=words,
        parent=index,
        fair_id=words.fairs[row["key"]],
        title=words.of(row, "name"),
        kicker=words.of(head, "kicker"),
        headline="\n".join(words.of(head, "title")),
        introduction=introduction,
        search_description=introduction,
        phone_image_id=words.pictures[row["phone_image"]],
        thanks=words.of(head, "thanks"),
    )
