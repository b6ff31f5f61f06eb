"""The mails that the demonstration keeps as files instead of sending them: those for signing in.

Only where Django's file backend is in force; there the shop's own messages lie too, which have
a list of their own and are left out here.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from marketplace.outbox.models import Message

FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
BETWEEN_MAILS = b"-" * 79
SHOWN, LOOKED_AT = 50, 200


class KeptMail(NamedTuple):
    recipient: str
    subject: str
    body: str
    at: datetime


def keeps_mails() -> bool:
    return settings.EMAIL_BACKEND == FILE_BACKEND


def read_sign_in_mails() -> list[KeptMail]:
    """The newest ones, newest first, that are none of the outbox's messages."""
    if not keeps_mails():
        return []
    mails = list(mails_in(newest_files(Path(settings.EMAIL_FILE_PATH))))
    recipients = {mail.recipient for mail in mails}
    written = Message.objects.filter(recipient__in=recipients)
    ours = set(written.values_list("recipient", "subject"))
    others = [mail for mail in mails if (mail.recipient, mail.subject) not in ours]
    return sorted(others, key=lambda mail: mail.at, reverse=True)[:SHOWN]


def newest_files(folder: Path) -> list[Path]:
    """Django names them by the moment of their beginning."""
    return sorted(folder.glob("*.log"), reverse=True)[:LOOKED_AT]


def mails_in(files: Iterable[Path]) -> Iterator[KeptMail]:
    """A file may hold several mails, may be half written, or be gone."""
    for file in files:
        try:
            content = file.read_bytes()
        except OSError:
            continue
        for part in content.split(BETWEEN_MAILS):
            mail = read_mail(part.lstrip())
            if mail is not None:
                yield mail


def read_mail(content: bytes) -> KeptMail | None:
    """None for what is no whole mail."""
    try:
        mail = message_from_bytes(content, EmailMessage, policy=policy.default)
        text = mail.get_body(("plain",))
        at = parsedate_to_datetime(str(mail["Date"]))
        body = text.get_content().strip() if text else ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    if not (mail["To"] and mail["Subject"] and body):
        return None
    # A subject that Django folds begins with a space; -0000 stands for the clock of the world.
    subject, at = str(mail["Subject"]).strip(), at if at.tzinfo else at.replace(tzinfo=UTC)
    return KeptMail(str(mail["To"]), subject, body, at)
