"""Stripe's messages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StripeEvent(models.Model):
    """A message of Stripe's, kept whole and once; handled by a task."""

    event_id = models.CharField(_("Event"), max_length=80, unique=True)
    kind = models.CharField(_("Kind"), max_length=80)
    payload = models.JSONField(_("Payload"))
    received_at = models.DateTimeField(_("Received at"), auto_now_add=True)
    handled_at = models.DateTimeField(_("Handled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Stripe event")
        verbose_name_plural = _("Stripe events")
        indexes = [
            models.Index(
                fields=["received_at"],
                name="stripe_event_unhandled",
                condition=Q(handled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
