"""A story that names somebody is written, handed in and published only by their leave."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from cms.blocks.faults import PageHasFaults
from cms.home.tasks import publish_scheduled
from cms.stories.models import StoryIndexPage, StoryPage
from tests.cms.conftest import publish
from tests.cms.editing.forms import page_form, text
from tests.cms.editing.test_review import decide
from tests.factories.consents import new_consent

pytestmark = pytest.mark.django_db
NAMED = {"names_person": "on"}
PUBLISH, SUBMIT = {"action-publish": "1"}, {"action-submit": "1"}


@pytest.fixture
def words(db):
    return new_consent(covers_words=True)


@pytest.fixture
def stories(home):
    return publish(home.add_child(instance=StoryIndexPage(title="品牌故事", slug="stories")))


def form(**values):
    data = {"title": "下窖那天", "slug": "cellar", "body": [text("王大娘开了窖")]}
    return page_form(**{**data, "told_on": "2026-11-20", "teller": "", "consent": "", **values})


def write(client, stories, **values):
    address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
    return client.post(address, form(**values))


def edit(client, story, **values):
    return client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form(**values))


def errors(answer):
    return answer.context["form"].errors


@pytest.mark.parametrize("button", [{}, PUBLISH, SUBMIT])
def test_a_name_without_a_consent_is_refused_and_what_was_typed_stays(approver, stories, button):
    answer = write(approver, stories, **NAMED, **button)
    assert list(errors(answer)) == ["consent"]
    assert "王大娘开了窖" in answer.context["form"].instance.body[0].value["text"].source
    assert not StoryPage.objects.exists()


def test_a_consent_without_a_name_is_refused(approver, stories, words):
    assert list(errors(write(approver, stories, consent=str(words.pk)))) == ["names_person"]
    assert not StoryPage.objects.exists()


def test_a_story_with_a_valid_consent_is_published(client, approver, stories, words):
    write(approver, stories, **NAMED, consent=str(words.pk), **PUBLISH)
    assert "王大娘" in client.get("/stories/cellar/").content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"covers_words": False},
        {"until": dt.date(2026, 1, 6)},
        {"withdrawn_on": dt.date(2026, 1, 6)},
        {"given_on": dt.date(2030, 1, 6)},
    ],
)
def test_a_consent_that_does_not_hold_keeps_the_story_a_draft(client, approver, stories, values):
    consent = str(new_consent(**{"covers_words": True, **values}).pk)
    for button in (PUBLISH, SUBMIT):
        assert list(errors(write(approver, stories, **NAMED, consent=consent, **button))) == [
            "consent"
        ]
    assert not StoryPage.objects.exists()
    assert write(approver, stories, **NAMED, consent=consent).status_code == 302
    assert client.get("/stories/cellar/").status_code == 404


@pytest.fixture
def told(approver, stories, words):
    write(approver, stories, **NAMED, consent=str(words.pk), **PUBLISH)
    return StoryPage.objects.get()


def end(consent, **values):
    values = values or {"withdrawn_on": timezone.localdate()}
    type(consent).objects.filter(pk=consent.pk).update(**values)


def test_what_waits_for_review_is_not_approved_after_a_withdrawal(client, editor, approver, told):
    edit(editor, told, title="新题目", **NAMED, consent=str(told.consent_id), **SUBMIT)
    end(told.consent)
    decide(approver, told, "approve")
    assert TaskState.objects.get().status == "in_progress"
    assert "新题目" not in StoryPage.objects.get().title


def test_no_code_publishes_it(told):
    end(told.consent)
    told.unpublish()
    with pytest.raises(PageHasFaults):
        told.get_latest_revision().publish()
    assert not StoryPage.objects.get().live


def test_the_name_does_not_come_back_with_a_version_from_before_the_consent(stories, words):
    story = stories.add_child(instance=StoryPage(title="王大娘", slug="cellar", live=False))
    before = story.save_revision()
    story.names_person, story.consent = True, words
    publish(story)
    end(words)
    StoryPage.objects.get().unpublish()
    with pytest.raises(PageHasFaults, match="同意书"):
        before.publish()
    assert not StoryPage.objects.get().live


def test_unticking_the_box_is_no_way_around_a_withdrawal(approver, told):
    end(told.consent)
    assert list(errors(edit(approver, told, **PUBLISH))) == ["names_person"]
    told.refresh_from_db()
    assert told.names_person


@pytest.mark.parametrize("button", [{}, PUBLISH, SUBMIT])
@pytest.mark.parametrize("is_public", [True, False])
def test_what_was_public_with_a_name_stays_tied_to_the_consent(approver, told, is_public, button):
    if not is_public:
        told.unpublish()
    assert list(errors(edit(approver, told, **button))) == ["names_person"]
    told.refresh_from_db()
    assert (told.names_person, told.live) == (True, is_public)
    told.names_person, told.consent = False, None
    with pytest.raises(PageHasFaults):
        told.save_revision().publish()


def test_a_draft_that_was_never_public_may_leave_the_name_out(client, approver, stories, words):
    write(approver, stories, **NAMED, consent=str(words.pk))
    edit(approver, StoryPage.objects.get(), **PUBLISH)
    assert client.get("/stories/cellar/").status_code == 200
    assert not StoryPage.objects.get().names_person


def test_who_signs_again_is_told_of_again(client, approver, told):
    end(told.consent)
    told.unpublish()
    again = str(new_consent(covers_words=True).pk)
    edit(approver, told, **NAMED, consent=again, **PUBLISH)
    assert client.get("/stories/cellar/").status_code == 200


def test_a_story_that_waits_for_its_hour_stays_a_draft(client, approver, told, time_machine):
    later = timezone.now() + dt.timedelta(hours=2)
    told.go_live_at, told.title = later, "新题目"
    told.save_revision().publish(user=approver.user)
    end(told.consent)
    time_machine.move_to(later + dt.timedelta(minutes=1))
    publish_scheduled()
    assert not StoryPage.objects.get().live
    assert not told.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert client.get("/stories/cellar/").status_code == 404
