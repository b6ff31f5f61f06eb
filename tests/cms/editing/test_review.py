"""From a draft to the public: handed in, approved, scheduled, expired."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from cms.expos.models import FairPage
from cms.home.models import StandardPage
from cms.home.tasks import publish_scheduled
from tests.cms.editing.forms import page_form, text
from tests.factories.fairs import FairFactory

pytestmark = pytest.mark.django_db


def write(client, parent, **values):
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", parent.pk])
    return client.post(address, page_form(**values))


def decide(client, page, action):
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": "请看第二段"})


@pytest.fixture
def handed_in(editor, home):
    write(editor, home, title="开窖", slug="cellar", body=[text("土味")], **{"action-submit": "1"})
    return StandardPage.objects.get(slug="cellar")


def test_an_editor_saves_a_draft_that_nobody_else_sees(client, editor, home):
    assert write(editor, home, slug="cellar").status_code == 302
    assert not StandardPage.objects.get(slug="cellar").live
    assert client.get("/cellar/").status_code == 404


def test_an_editor_who_asks_to_publish_has_saved_a_draft(client, editor, home):
    write(editor, home, slug="cellar", **{"action-publish": "1"})
    assert not StandardPage.objects.get(slug="cellar").live
    assert client.get("/cellar/").status_code == 404


def test_what_is_handed_in_is_public_once_approved(client, handed_in, approver):
    assert not handed_in.live
    assert decide(approver, handed_in, "approve").status_code == 302
    assert "土味" in client.get("/cellar/").content.decode()


def test_what_is_sent_back_stays_a_draft(client, handed_in, approver):
    decide(approver, handed_in, "reject")
    assert handed_in.current_workflow_state.status == "needs_changes"
    assert client.get("/cellar/").status_code == 404


def test_an_editor_cannot_approve(handed_in, editor):
    decide(editor, handed_in, "approve")
    handed_in.refresh_from_db()
    assert not handed_in.live


def test_an_organisers_page_is_approved_like_any_other(client, organiser, approver, expos):
    address = reverse("wagtailadmin_pages:add", args=["expos", "fairpage", expos.pk])
    words = {"title": "今年的展销会", "slug": "autumn", "headline": "", "thanks": ""}
    organiser.post(
        address, page_form(**words, fair=str(FairFactory().pk), **{"action-submit": "1"})
    )
    page = FairPage.objects.get(slug="autumn")
    assert not page.live
    decide(approver, page, "approve")
    assert client.get("/expos/autumn/").status_code == 200


def test_a_story_appears_and_disappears_at_its_time(client, editor, approver, home, time_machine):
    now = timezone.now()
    begins, ends = (now + timezone.timedelta(hours=hours) for hours in (2, 5))
    times = {
        name: timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
        for name, at in (("go_live_at", begins), ("expire_at", ends))
    }
    write(editor, home, title="开窖", slug="cellar", **times, **{"action-submit": "1"})
    page = StandardPage.objects.get(slug="cellar")
    decide(approver, page, "approve")
    publish_scheduled()
    assert client.get("/cellar/").status_code == 404
    time_machine.move_to(begins + timezone.timedelta(minutes=1))
    publish_scheduled()
    assert client.get("/cellar/").status_code == 200
    time_machine.move_to(ends + timezone.timedelta(minutes=1))
    publish_scheduled()
    assert client.get("/cellar/").status_code == 404
    page.refresh_from_db()
    assert page.expired


def test_the_timetable_follows_the_schedule_each_minute(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["publish-scheduled-pages"]
    assert entry == {"task": publish_scheduled.name, "schedule": 60.0}
