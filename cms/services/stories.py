"""Writing the first stories, and the page that lists them."""

from collections.abc import Mapping
from datetime import timedelta

from wagtail.models import Page

from cms.home.models import HomePage
from cms.services.articles import write_article
from cms.services.words import Words
from cms.stories.models import StoryIndexPage, StoryPage


def write_stories(*, texts: Mapping, words: Words, home: HomePage) -> dict[str, Page]:
    """The list and its stories by slug, as "stories/potato-cellar".

    Where an older plain page stands in the place of the list, it stays with what is below it.
    """
    index = write_article(kind=StoryIndexPage, row=texts["index"], words=words, parent=home)
    if isinstance(index, StoryIndexPage):
        for row in texts["story"]:
            write_story(row=row, words=words, index=index)
    below = {f"{index.slug}/{page.slug}": page for page in index.get_children()}
    return {index.slug: index, **below}


def write_story(*, row: Mapping, words: Words, index: StoryIndexPage) -> Page:
    return write_article(
        kind=StoryPage,
        row=row,
        words=words,
        parent=index,
        told_on=words.day - timedelta(days=row["days_ago"]),
        teller=words.of(row, "teller"),
        county_id=words.counties[row["county"]],
        specialty_id=words.specialties[row["specialty"]],
    )
