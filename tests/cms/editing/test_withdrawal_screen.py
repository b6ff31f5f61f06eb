"""The button by which a person's withdrawal is recorded asks first, naming what goes."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from cms.images.models import PageImage
from cms.stories.models import StoryIndexPage, StoryPage
from tests.cms.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(home, consent):
    index = publish(home.add_child(instance=StoryIndexPage(title="品牌故事", slug="stories")))
    type(consent).objects.update(covers_words=True)
    consent.refresh_from_db()
    story = StoryPage(title="王大娘的窖", slug="cellar", names_person=True, consent=consent)
    return publish(index.add_child(instance=story))


def screen(consent):
    return reverse("consent_withdraw", args=[consent.pk])


def edit(consent):
    return reverse(type(consent).snippet_viewset.get_url_name("edit"), args=[consent.pk])


def test_it_names_the_stories_the_pictures_and_the_pages_that_show_them(
    editor, named, story, portrait, consent, indexed
):
    with indexed():
        publish(story, image=portrait)
    assert screen(consent) in editor.get(edit(consent)).content.decode()
    html = editor.get(screen(consent)).content.decode()
    assert all(name in html for name in (named.title, portrait.title, story.title, consent.person))
    consent.refresh_from_db()
    assert consent.withdrawn_on is None


@pytest.mark.parametrize("who", ["editor", "approver"])
def test_who_keeps_consents_records_it(request, client, who, named, portrait, consent):
    user = request.getfixturevalue(who)
    answer = user.post(screen(consent))
    assert answer.headers["Location"] == edit(consent)
    consent.refresh_from_db()
    assert (consent.withdrawn_on, consent.withdrawn_by) == (timezone.localdate(), user.user)
    assert client.get("/stories/cellar/").status_code == 404
    assert not PageImage.objects.exists()
    html = user.get(edit(consent)).content.decode()
    assert screen(consent) not in html
    assert user.user.last_name in html


def test_a_second_time_is_told_in_words(editor, approver, named, consent):
    editor.post(screen(consent))
    for ask in (approver.get, approver.post):
        answer = ask(screen(consent))
        assert answer.headers["Location"] == edit(consent)
        *_, last = get_messages(answer.wsgi_request)
        assert last.level_tag == "warning"
    consent.refresh_from_db()
    assert consent.withdrawn_by == editor.user


def test_an_organiser_cannot(organiser, named, consent):
    for ask in (organiser.get, organiser.post):
        assert ask(screen(consent)).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_on is None
    assert StoryPage.objects.get().live


def test_a_consent_that_nobody_has_is_not_found(editor, consent):
    assert editor.get(reverse("consent_withdraw", args=[consent.pk + 1])).status_code == 404
