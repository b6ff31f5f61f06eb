"""The payment of an order."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Order
from marketplace.payment.querysets import PaymentQuerySet


class Payment(models.Model):
    """The one payment of an order, in yuan; `intent_id` is Stripe's PaymentIntent.

    `refunded` counts what is given back or about to be.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SUCCEEDED = "succeeded", _("Succeeded")
        CANCELLED = "cancelled", _("Cancelled")
        LATE = "late", _("Came too late")

    order = models.OneToOneField(Order, models.PROTECT, related_name="payment")
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    refunded = models.DecimalField(_("Refunded"), max_digits=12, decimal_places=2, default=0)
    intent_id = models.CharField(_("Intent"), max_length=80, unique=True, null=True, blank=True)
    method = models.CharField(_("Method"), max_length=20, blank=True)
    state = models.CharField(
        _("State"), max_length=12, choices=State.choices, default=State.WAITING
    )
    settled_at = models.DateTimeField(_("Settled at"), null=True, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Payment")
        verbose_name_plural = _("Payments")
        indexes = [
            models.Index(
                fields=["settled_at"], name="payment_in_time", condition=Q(state="succeeded")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("amount")),
                name="payment_refunded_within_what_was_paid",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "cancelled"], settled_at__isnull=True, refunded=0)
                | Q(state__in=["succeeded", "late"], settled_at__isnull=False),
                name="payment_settled_when_money_came",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.number} ¥{self.amount}"

    @property
    def has_money(self) -> bool:
        """Whether the money came, in time or not."""
        return self.settled_at is not None

    @property
    def refundable(self) -> Decimal:
        return self.amount - self.refunded if self.has_money else Decimal("0.00")
