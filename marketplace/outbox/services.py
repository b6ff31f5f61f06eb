"""Writing messages in the transaction of the event that they are about, and sending them again."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from marketplace.attempts import pause_after
from marketplace.outbox.models import Message
from marketplace.outbox.querysets import BEING_TRIED
from marketplace.outbox.tasks import send_message


def write_message(*, event: str, recipient: str, subject: str, body: str) -> Message:
    """Keep one message about the event for the recipient; the first one written stays.

    It is sent when the transaction commits, or by the beat should the broker be down then.
    """
    message, created = Message.objects.get_or_create(
        event=event, recipient=recipient, defaults={"subject": subject, "body": body}
    )
    if created:
        transaction.on_commit(lambda: send_message.delay(message.pk), robust=True)
    return message


class Mail(NamedTuple):
    """A message that is still to be written."""

    event: str
    recipient: str
    subject: str
    body: str


def write_messages(mails: Iterable[Mail]) -> None:
    """Many at once, as to everybody who comes to a fair: in a few queries. The beat sends them,
    some hundred a minute."""
    rows = (Message(**mail._asdict()) for mail in mails)
    Message.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


@transaction.atomic
def send_again(*, message_id: int, now: datetime) -> bool:
    """Make one that was not sent due at once, with all its attempts before it.

    False, and nothing happens, when it was sent, or when it may be on its way just now: an
    attempt that began within the last minute could still get through, and the message would
    arrive twice.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.sent_at is not None:
        return False
    if message.attempts and now - began_at(message) < BEING_TRIED:
        return False
    message.attempts, message.next_attempt_at = 0, now
    message.save(update_fields=["attempts", "next_attempt_at"])
    transaction.on_commit(lambda: send_message.delay(message_id), robust=True)
    return True


def began_at(message: Message) -> datetime:
    """When the last attempt began."""
    return message.next_attempt_at - pause_after(message.attempts - 1)
