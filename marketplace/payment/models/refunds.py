"""Money given back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.attempts import Attempted
from marketplace.order.models import Consignment, Line
from marketplace.payment.models.payments import Payment
from marketplace.payment.querysets import RefundQuerySet


class Refund(Attempted):
    """One sum in yuan on its way back to the buyer, split over what it was paid for.

    It is sent to Stripe after the commit, as often as it takes, and exists there once: `token`
    tells repeats of the same wish apart from a second wish, `stripe_id` is Stripe's name of it.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("On its way")
        SUCCEEDED = "succeeded", _("Refunded")
        FAILED = "failed", _("Refund failed")

    class Kind(models.TextChoices):
        PARTS = "parts", _("Goods or delivery")
        CANCELLED = "cancelled", _("Order cancelled")
        LATE = "late", _("Money came too late")

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    token = models.CharField(_("Token"), max_length=80, unique=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("Created at"))
    state = models.CharField(
        _("State"), max_length=10, choices=State.choices, default=State.PENDING
    )
    stripe_id = models.CharField(_("Refund"), max_length=80, unique=True, null=True, blank=True)
    failure = models.CharField(_("Failure"), max_length=80, blank=True)
    again_of = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="again", help_text=_("One that failed.")
    )
    settled_at = models.DateTimeField(_("Settled at"), null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("Refund")
        verbose_name_plural = _("Refunds")
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="refund_pending",
                condition=Q(state="pending"),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(
                condition=Q(state="pending", settled_at__isnull=True)
                | Q(state__in=["succeeded", "failed"], settled_at__isnull=False),
                name="refund_settled_when_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment} −¥{self.amount}"


class RefundPart(models.Model):
    """What part of a refund is for a line, or for a parcel's delivery; for neither when the
    money came too late. `promotion` is what the market bore of it and gets back, `fee` what the
    market took of it and gives back."""

    refund = models.ForeignKey(Refund, models.CASCADE, related_name="parts")
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="refund_parts")
    consignment = models.ForeignKey(
        Consignment, models.PROTECT, null=True, related_name="refund_parts"
    )
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    promotion = models.DecimalField(
        _("Borne by the market"), max_digits=12, decimal_places=2, default=0
    )
    fee = models.DecimalField(_("Fee given back"), max_digits=12, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(line__isnull=True) | Q(consignment__isnull=True),
                name="refund_part_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, promotion__gte=0, fee__gte=0),
                name="refund_part_not_negative",
            ),
            models.UniqueConstraint(fields=["refund", "line"], name="refund_part_once_per_line"),
            models.UniqueConstraint(
                fields=["refund", "consignment"], name="refund_part_once_per_parcel"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.refund_id}: ¥{self.amount}"
