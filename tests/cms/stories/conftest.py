import pytest

from cms.stories.models import StoryIndexPage, StoryPage
from tests.cms.conftest import publish


@pytest.fixture
def stories(home):
    return publish(home.add_child(instance=StoryIndexPage(title="品牌故事", slug="stories")))


@pytest.fixture
def tell(stories):
    """A published story; its day and its slug follow from its number."""

    def tell(number=1, **values):
        words = {"title": f"第{number}个故事", "slug": f"s{number}", "teller": "云朵"}
        day = f"2026-10-{number:02d}"
        return publish(stories.add_child(instance=StoryPage(**{**words, "told_on": day, **values})))

    return tell
