"""Mails to editors and approvers: in Chinese, by the outbox, and in nobody's way."""

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from wagtail.models import PageSubscription
from wagtail.test.utils.form_data import inline_formset

from cms.home.models import StandardPage
from marketplace.outbox.models import Message
from marketplace.outbox.tasks import send_message
from tests.cms.editing.forms import page_form
from tests.cms.editing.test_review import decide, write

pytestmark = pytest.mark.django_db


def hand_in(editor, home):
    return write(editor, home, title="开窖", slug="cellar", **{"action-submit": "1"})


def comment(client, page, words="数字要有出处"):
    row = {
        "text": words,
        "contentpath": "title",
        "position": "",
        "resolved": "",
        "id": "",
        "replies": inline_formset([]),
    }
    values = page_form(title=page.title, slug=page.slug, comments=inline_formset([row]))
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), values)


@pytest.fixture
def commented(story, editor):
    """A page whose comments the editor wants to hear of."""
    PageSubscription.objects.create(page=story, user=editor.user, comment_notifications=True)
    return story


class Down:
    def __init__(self, **kwargs):
        raise OSError("no mail server")


@pytest.fixture
def mail_is_down(settings):
    settings.EMAIL_BACKEND = "tests.cms.editing.test_notices.Down"


def test_approvers_and_writers_hear_by_mail_in_chinese(
    editor, approver, home, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(editor, home)
    [letter] = mail.outbox
    assert letter.to == ["approver@example.com"]
    assert "开窖" in letter.subject
    assert "提交到审核" in letter.subject
    with django_capture_on_commit_callbacks(execute=True):
        decide(approver, StandardPage.objects.get(slug="cellar"), "approve")
    assert mail.outbox[1].to == ["editor@example.com"]
    assert "已在工作流“审稿”中批准" in mail.outbox[1].body


def test_who_is_sent_back_twice_hears_twice(
    editor, approver, home, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(editor, home)
        page = StandardPage.objects.get(slug="cellar")
        decide(approver, page, "reject")
        page.current_workflow_state.resume(user=editor.user)
        decide(approver, page, "reject")
    told = [letter for letter in mail.outbox if letter.to == ["editor@example.com"]]
    assert len(told) == 2
    assert all("请看第二段" in letter.body for letter in told)


def test_who_follows_a_page_hears_of_a_comment_in_chinese(
    commented, approver, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        comment(approver, commented)
    [letter] = mail.outbox
    assert letter.to == ["editor@example.com"]
    assert letter.subject == "审稿人甲更新了对于“下窖那天”的评论"
    assert '新评论：\n - "数字要有出处"' in letter.body
    assert letter.body.rstrip().endswith("阴山集")


def test_a_mail_is_written_with_the_page_and_sent_in_the_background(commented, approver):
    comment(approver, commented)
    assert mail.outbox == []
    message = Message.objects.get()
    assert message.sent_at is None
    send_message(message.pk)
    assert [letter.to for letter in mail.outbox] == [["editor@example.com"]]


def test_no_mail_tells_of_what_was_not_committed(editor, approver, home):
    with transaction.atomic():
        hand_in(editor, home)
        assert Message.objects.count() == 1
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_mail_that_is_down_keeps_nobody_from_handing_in(
    editor, approver, home, mail_is_down, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = hand_in(editor, home)
    assert answer.status_code == 302
    assert StandardPage.objects.get(slug="cellar").workflow_in_progress
    assert Message.objects.get().sent_at is None


def test_mail_that_is_down_keeps_nobody_from_saving_with_a_comment(
    commented, approver, mail_is_down, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = comment(approver, commented)
    assert answer.status_code == 302
    assert [remark.text for remark in commented.wagtail_admin_comments.all()] == ["数字要有出处"]
    assert Message.objects.get().last_error == "no mail server"
