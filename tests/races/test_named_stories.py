"""A person withdraws while an approver publishes the story that names them."""

from datetime import date
from functools import partial

import pytest

from cms.blocks.faults import PageHasFaults
from cms.home.models import HomePage
from cms.images.models import PictureConsent
from cms.stories.models import StoryIndexPage, StoryPage
from cms.stories.services import WithdrawnAlready, withdraw_consent
from tests.factories.consents import new_consent
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-30T10:00+08:00", tick=False)


@pytest.fixture
def story(db):
    home = HomePage.objects.get(slug="home")
    index = home.add_child(instance=StoryIndexPage(title="故事", slug="stories"))
    consent = new_consent(covers_words=True)
    draft = StoryPage(title="王大娘", slug="cellar", live=False, names_person=True, consent=consent)
    return index.add_child(instance=draft)


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_story_is_never_on_the_site_afterwards(turn, story):
    publish = story.save_revision().publish
    take_back = partial(withdraw_consent, consent=story.consent, by=None, day=TODAY)
    published, *withdrawn = at_once([publish, take_back, take_back])
    assert isinstance(published, PageHasFaults | None), published
    kinds = sorted(type(result).__name__ for result in withdrawn)
    assert kinds == ["PictureConsent", WithdrawnAlready.__name__], withdrawn
    assert not StoryPage.objects.get().live
    assert PictureConsent.objects.get().withdrawn_on == TODAY
