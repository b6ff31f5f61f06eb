"""Messages to people, each sent once: written with the event, sent after the commit."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.attempts import Attempted
from marketplace.outbox.querysets import SOON, MessageQuerySet


class Message(Attempted):
    """One mail to one recipient about one event; a second one for the same is refused."""

    event = models.CharField(_("Event"), max_length=100)
    recipient = models.EmailField(_("Recipient"))
    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Body"))
    created_at = models.DateTimeField(_("Created at"), auto_now_add=True)
    last_error = models.CharField(_("Last error"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("Sent at"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("Message")
        verbose_name_plural = _("Messages")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient"], name="message_once_per_event_and_recipient"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.recipient}"

    def is_late_at(self, now: datetime) -> bool:
        """Whether it should have been sent long ago."""
        return self.sent_at is None and self.created_at <= now - SOON
