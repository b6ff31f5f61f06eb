"""Whoever kept an old address of a page is led to the new one, in both languages."""

import pytest

from cms.stories.models import StoryIndexPage, StoryPage
from tests.cms.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["home", "english_home"])
def stories(request):
    home = request.getfixturevalue(request.param)
    index = StoryIndexPage(title="故事", slug="stories", locale=home.locale)
    return publish(home.add_child(instance=index))


@pytest.fixture
def story(stories):
    story = StoryPage(title="下窖", slug="cellar", locale=stories.locale)
    return publish(stories.add_child(instance=story))


def fresh(page):
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Wagtail tells of a new slug after the commit."""

    def rename(page, slug):
        with django_capture_on_commit_callbacks(execute=True):
            publish(fresh(page), slug=slug)

    return rename


def led_to(client, address):
    answer = client.get(address)
    return answer.status_code, answer.headers.get("Location")


def test_a_page_with_a_new_slug(client, story, rename):
    old = story.get_url()
    rename(story, "xiajiao")
    assert led_to(client, old) == (301, fresh(story).get_url())


def test_pages_below_a_page_with_a_new_slug(client, stories, story, rename):
    old = story.get_url()
    rename(stories, "tales")
    new = fresh(story).get_url()
    assert "/tales/" in new
    assert led_to(client, old) == (301, new)
    assert led_to(client, f"{old}?utm=1") == (301, new)


def test_a_page_that_was_moved(client, story, stories):
    old = story.get_url()
    beside = StoryIndexPage(title="旧事", slug="old-days", locale=stories.locale)
    stories.get_parent().specific.add_child(instance=beside).save_revision().publish()
    fresh(story).move(fresh(beside), pos="last-child")
    assert led_to(client, old) == (301, fresh(story).get_url())
    assert "/old-days/" in fresh(story).get_url()
