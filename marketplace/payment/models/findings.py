"""What comparing with Stripe brought to light."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reconciliation(models.Model):
    """One comparison of Stripe's side with ours; `healed` says what it mended, in order."""

    began_at = models.DateTimeField(_("Began at"))
    since = models.DateTimeField(_("Since"))
    ended_at = models.DateTimeField(_("Ended at"), null=True)
    compared = models.PositiveIntegerField(_("Compared"), default=0)
    healed = models.JSONField(_("Healed"), default=list)
    problem = models.CharField(_("Problem"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Reconciliation")
        verbose_name_plural = _("Reconciliations")

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"


class Finding(models.Model):
    """Something about money that only a person can decide; open until it is gone or decided.

    `subject` is Stripe's name of the thing, or the order's number.
    """

    class Kind(models.TextChoices):
        MISMATCH = "mismatch", _("The money is not what the order asks for")
        UNKNOWN_MONEY = "unknown_money", _("Money without an order of ours")
        SECOND_MONEY = "second_money", _("A second payment for the same order")
        NO_MONEY = "no_money", _("Paid for us, not paid at Stripe")
        UNKNOWN_REFUND = "unknown_refund", _("A refund that was not made here")
        REFUND_DIFFERS = "refund_differs", _("A refund of another amount")
        REFUND_FAILED = "refund_failed", _("A refund did not reach the buyer")
        LEDGER = "ledger", _("The ledger and the payment differ")

    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    subject = models.CharField(_("Subject"), max_length=80)
    order_number = models.CharField(_("Order"), max_length=64, blank=True)
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2, null=True)
    found_at = models.DateTimeField(_("Found at"))
    closed_at = models.DateTimeField(_("Closed at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("What was decided"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Finding")
        verbose_name_plural = _("Findings")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="finding_once"),
        ]
        indexes = [
            models.Index(
                fields=["found_at"], name="finding_open", condition=Q(closed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}"
