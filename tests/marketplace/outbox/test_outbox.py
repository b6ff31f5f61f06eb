"""Messages: written once, sent once, tried again, never lost."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.outbox import sending
from marketplace.outbox.models import Message
from marketplace.outbox.querysets import MOST_ATTEMPTS
from marketplace.outbox.sending import send_due, send_now
from marketplace.outbox.services import Mail, write_message, write_messages
from marketplace.outbox.tasks import send_waiting
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
TEXT = {"recipient": "lilan@example.com", "subject": "订单", "body": "您的订单"}


@pytest.fixture
def message():
    written = write_message(event="order_paid:YS1", **TEXT)
    Message.objects.update(next_attempt_at=NOW)
    return written


@pytest.fixture
def broken_mail(monkeypatch):
    def fail(*_):
        raise ConnectionRefusedError("no mail server here")

    monkeypatch.setattr(sending.EmailMessage, "send", fail)


def test_a_message_is_written_once_for_event_and_recipient(message):
    again = write_message(event="order_paid:YS1", **(TEXT | {"body": "别的字"}))
    assert again == message
    assert again.body == "您的订单"
    write_message(event="order_paid:YS2", **TEXT)
    assert Message.objects.count() == 2


def test_a_message_is_sent_when_its_transaction_commits(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write_message(event="order_paid:YS1", **TEXT)
        assert mail.outbox == []
    assert [(m.subject, m.to) for m in mail.outbox] == [("订单", ["lilan@example.com"])]
    assert Message.objects.get().sent_at is not None


def test_a_message_is_sent_once(message):
    assert send_now(message_id=message.pk, now=NOW)
    assert not send_now(message_id=message.pk, now=NOW + timedelta(days=1))
    assert send_due(now=NOW + timedelta(days=1)) == 0
    assert len(mail.outbox) == 1


def test_a_failure_is_kept_and_tried_again_later(message, broken_mail, monkeypatch):
    assert not send_now(message_id=message.pk, now=NOW)
    message.refresh_from_db()
    assert (message.attempts, message.sent_at) == (1, None)
    assert message.last_error == "no mail server here"
    monkeypatch.undo()
    assert send_due(now=NOW) == 0
    assert send_due(now=message.next_attempt_at) == 1
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (2, "")


def test_one_that_cannot_be_sent_does_not_hold_up_the_others(message, monkeypatch):
    second = write_message(event="order_paid:YS2", **TEXT)
    Message.objects.update(next_attempt_at=NOW)
    send = sending.EmailMessage.send
    Message.objects.filter(pk=message.pk).update(subject="不行")

    def fail_for_the_first(self):
        if self.subject == "不行":
            raise ValueError("bad header")
        return send(self)

    monkeypatch.setattr(sending.EmailMessage, "send", fail_for_the_first)
    assert send_due(now=NOW) == 1
    second.refresh_from_db()
    assert second.sent_at == NOW


def test_after_many_attempts_a_message_stays_visible_and_is_left_alone(message, broken_mail):
    now = NOW
    for _ in range(MOST_ATTEMPTS + 3):
        send_due(now=now)
        now += timedelta(days=1)
    message.refresh_from_db()
    assert (message.attempts, message.sent_at) == (MOST_ATTEMPTS, None)


def test_the_beat_sends_what_a_dead_broker_did_not_take(
    django_capture_on_commit_callbacks, dead_broker, caplog
):
    with django_capture_on_commit_callbacks(execute=True):
        write_message(event="order_paid:YS1", **TEXT)
    assert "Error calling write_message" in caplog.text
    assert mail.outbox == []
    send_waiting()
    assert len(mail.outbox) == 1


def test_many_are_written_at_once_and_none_twice():
    mails = [Mail(f"fair:{n}", f"v{n}@example.com", "变动", "……") for n in range(3)]
    write_messages(mails)
    write_messages([*mails, mails[0]._replace(recipient="other@example.com")])
    assert Message.objects.count() == 4
    assert Message.objects.due(timezone.now()).count() == 4
