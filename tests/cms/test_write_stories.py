"""Writing the first stories with every kind of section that texts may name."""

from datetime import date

import pytest

from catalog.models import Category
from cms.home.models import StandardPage
from cms.images.models import PageImage
from cms.services.pictures import write_pictures
from cms.services.stories import write_stories
from cms.services.words import Words
from cms.stories.models import StoryPage
from tests.cms.conftest import publish
from tests.cms.texts import SECTIONS, STORIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(named, home, english_home):
    """Writes the stories in both languages and returns the Chinese pages by slug."""
    pictures = write_pictures(folder=named.pop("images"), names=[], texts=[STORIES])
    specialties = dict(Category.objects.values_list("slug", "pk"))
    keys = {"pictures": pictures, "specialties": specialties, "counties": {"150125": "150125"}}

    def write():
        written = [
            write_stories(
                texts=STORIES,
                words=Words(language=each.locale.language_code, **named, **keys),
                home=each,
            )
            for each in (home, english_home)
        ]
        return written[0]

    return write


def test_a_story_is_there_in_both_languages_and_each_leads_to_the_other(client, write):
    write()
    chinese = client.get("/stories/cellar/")
    assert "下窖那天" in chinese.content.decode()
    assert chinese.context["other_language"]["url"] == "/en/stories/cellar/"
    english = client.get("/en/stories/cellar/")
    assert "English 下窖那天" in english.content.decode()
    assert english.context["other_language"]["url"] == "/stories/cellar/"
    lists = client.get("/stories/").context["alternates"]
    assert [link["path"] for link in lists] == ["/stories/", "/en/stories/", "/stories/"]


def test_a_story_says_when_by_whom_where_and_about_what(write):
    story = write()["stories/cellar"].specific
    assert story.told_on == date(2026, 11, 21)
    assert story.teller == "守窖人（虚构）"
    assert story.county_id == "150125"
    assert story.specialty.slug == "oat"
    assert story.image.alt_text == "一口土窖"


def test_every_kind_of_section_is_one_that_an_editor_could_have_saved(write):
    body = write()["stories/cellar"].specific.body
    assert [child.block_type for child in body] == [row["type"] for row in SECTIONS]
    body.stream_block.clean(body)
    figures = next(child.value for child in body if child.block_type == "figures")
    days = [figure["as_of"] for figure in figures["figures"]]
    assert days == [date(2024, 11, 1), date(2026, 11, 30)]


def test_the_pictures_of_sections_have_their_words(write):
    write()
    words = dict(PageImage.objects.values_list("title", "alt_text_en"))
    assert words == {"field.webp": "English 土豆垄", "story-cellar.webp": "English 一口土窖"}


def test_writing_stories_again_changes_nothing(write):
    publish(write()["stories/cellar"].specific, title="我们的故事")
    before = list(StoryPage.objects.order_by("pk").values("pk", "title", "latest_revision_id"))
    assert len(before) == 2
    write()
    after = list(StoryPage.objects.order_by("pk").values("pk", "title", "latest_revision_id"))
    assert after == before


def test_an_older_plain_page_in_the_place_of_the_list_stays(write, home):
    old = publish(home.add_child(instance=StandardPage(title="故事", slug="stories")))
    cellar = publish(old.add_child(instance=StandardPage(title="下窖", slug="potato-cellar")))
    pages = write()
    assert set(pages) == {"stories", "stories/potato-cellar"}
    assert pages["stories"].pk == old.pk
    assert pages["stories/potato-cellar"].pk == cellar.pk
    assert [story.locale.language_code for story in StoryPage.objects.all()] == ["en"]
