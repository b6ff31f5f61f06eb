"""Wagtail's mails: a page was handed in, published, sent back, or somebody commented on it.

They go the way of all others, through the outbox: written with what they tell of, and sent by
the worker. A mail server that is down keeps nobody from working, and none is lost.
"""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from wagtail.admin import mail

from marketplace.outbox.services import write_message

EVENT = "page"
SUBJECT_AT_MOST = 200


class WriteToOutbox(BaseEmailBackend):
    """Wagtail tells of each event once, so that each of its letters is an event of its own."""

    def send_messages(self, letters: Sequence[EmailMessage]) -> int:
        for letter in letters:
            for recipient in letter.recipients():
                write_message(
                    event=f"{EVENT}:{uuid4()}",
                    recipient=recipient,
                    subject=letter.subject[:SUBJECT_AT_MOST],
                    body=letter.body,
                )
        return len(letters)


def connect_notices() -> None:
    """In the one place where all mails of Wagtail get their connection."""
    mail.get_connection = WriteToOutbox
