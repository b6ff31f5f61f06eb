"""Where the money of a cooperative goes."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.producers.models import Cooperative


class BankAccount(models.Model):
    """An account that an owner has written down and an operator has compared with its paper.

    What is written is never changed: another account is another row. Nothing is paid to one that
    is not confirmed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("To be confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")
        REPLACED = "replaced", _("Replaced")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="bank_accounts")
    holder = models.CharField(_("Account holder"), max_length=80)
    number = models.CharField(
        _("Account number"), max_length=30, validators=[RegexValidator(r"^[0-9]{8,30}\Z")]
    )
    bank = models.CharField(_("Bank and branch"), max_length=80)
    state = models.CharField(
        _("State"), max_length=10, choices=State.choices, default=State.WAITING
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("Written at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided at"), null=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Bank account")
        verbose_name_plural = _("Bank accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(state="confirmed"),
                name="bank_account_one_confirmed",
            ),
            models.UniqueConstraint(
                fields=["cooperative"], condition=Q(state="waiting"), name="bank_account_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("written_by")),
                name="bank_account_not_confirmed_by_its_writer",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(decided_by__isnull=False),
                name="bank_account_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.masked}"

    @property
    def masked(self) -> str:
        """Only the last four digits: enough to know one's own account by."""
        return f"**** {self.number[-4:]}"

    @property
    def in_fours(self) -> str:
        """As it is printed on a card, for comparing."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))
