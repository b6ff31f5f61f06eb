"""Money on its way to a cooperative."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.producers.models import Cooperative
from marketplace.settlement.models.accounts import BankAccount
from marketplace.settlement.querysets import PayoutQuerySet


class BankFile(models.Model):
    """Transfers that were given to the bank together; made once, downloaded as often as needed."""

    made_at = models.DateTimeField(_("Made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Bank file")
        verbose_name_plural = _("Bank files")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"YH{timezone.localdate(self.made_at):%Y%m%d}-{self.pk:04d}"


class State(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", pgettext_lazy("payout", "Approved")
    SENT = "sent", _("In a bank file")
    PAID = "paid", _("Paid out")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RETURNED = "returned", _("Came back from the bank")


FOLLOWING: dict[State, tuple[State, ...]] = {
    State.PROPOSED: (State.APPROVED, State.REJECTED, State.WITHDRAWN),
    State.APPROVED: (State.SENT, State.WITHDRAWN),
    State.SENT: (State.PAID, State.WITHDRAWN),
    State.PAID: (State.RETURNED,),
    State.REJECTED: (),
    State.WITHDRAWN: (),
    State.RETURNED: (),
}
OPEN = (State.PROPOSED, State.APPROVED, State.SENT)


class Payout(models.Model):
    """A sum in yuan for one cooperative: proposed by one operator, approved by another.

    A cooperative has one on its way at most, and none is larger than what was payable when that
    was last counted (`payable`), which is when it was proposed, approved, put into a bank file.
    """

    State = State

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="payouts")
    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="payouts")
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)
    payable = models.DecimalField(_("Payable then"), max_digits=14, decimal_places=2)
    state = models.CharField(
        _("State"), max_length=10, choices=State.choices, default=State.PROPOSED
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed at"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    bank_file = models.ForeignKey(BankFile, models.PROTECT, null=True, related_name="payouts")
    slip = models.CharField(_("Number of the bank's slip"), max_length=64, blank=True)
    paid_on = models.DateField(_("Paid on"), null=True)

    objects = PayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("Payout")
        verbose_name_plural = _("Payouts")
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(state__in=["proposed", "approved", "sent"]),
                name="payout_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=F("payable")),
                name="payout_within_what_is_payable",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="payout_approved_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "rejected", "withdrawn"])
                | Q(approved_by__isnull=False),
                name="payout_goes_on_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["paid", "returned"], paid_on__isnull=False, slip__gt="")
                | Q(~Q(state__in=["paid", "returned"]), paid_on__isnull=True, slip=""),
                name="payout_paid_with_its_slip",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="payout_state_known"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"FK{timezone.localdate(self.proposed_at):%Y%m%d}-{self.pk:04d}"


class PayoutStep(models.Model):
    """One step of a payout: into which state, when, by whom, why."""

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="steps")
    state = models.CharField(_("State"), max_length=10, choices=State.choices)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payout", "state"], name="payout_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.payout_id} → {self.state}"
