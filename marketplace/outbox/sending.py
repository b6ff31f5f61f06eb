"""Sending messages that were written; a failure stays visible and is tried again later."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import EmailMessage

from marketplace.outbox.models import Message

log = logging.getLogger(__name__)


def send_now(*, message_id: int, now: datetime) -> bool:
    """Try to send a message that is due; a failure is kept with it and tried again later."""
    message = Message.objects.get(pk=message_id)
    if not Message.objects.take(message, now):
        return False
    mail = EmailMessage(message.subject, message.body, to=[message.recipient])
    try:
        mail.send()
    except (SMTPException, OSError, ValueError) as error:
        # A server's refusal names the recipient: that stays with the message.
        log.warning("Message %s was not sent: %s", message_id, type(error).__name__)
        Message.objects.filter(pk=message_id).update(last_error=str(error)[:300])
        return False
    Message.objects.filter(pk=message_id).update(sent_at=now, last_error="")
    return True


def send_due(*, now: datetime, at_most: int = 200) -> int:
    """Send what is due, oldest first; returns how many were sent."""
    waiting = Message.objects.due(now).order_by("pk").values_list("pk", flat=True)[:at_most]
    return sum(send_now(message_id=message_id, now=now) for message_id in waiting)
