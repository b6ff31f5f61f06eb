"""Double-entry bookkeeping: money is moved, never made. Rows are only ever added."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.querysets import EntryQuerySet


class Account(models.Model):
    """Where money lies, by kind and holder; the holder is a plain key, the rooms lie above.

    A balance is what came minus what went, in yuan: that of the buyers is below zero by what
    they have paid and not got back.
    """

    class Kind(models.TextChoices):
        BUYERS = "buyers", _("Buyers")
        COOPERATIVE = "cooperative", _("Cooperative, goods")
        FREIGHT = "freight", _("Cooperative, delivery")
        PROMOTION = "promotion", _("Discounts borne by the market")
        LATE = "late", _("Money that came too late")
        FEE = "fee", _("The market's fee")
        PAID_OUT = "paid_out", _("Paid out")

    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices)
    holder = models.PositiveBigIntegerField(
        _("Holder"), default=0, help_text=_("The cooperative's key; 0 for the market's own.")
    )

    class Meta:
        verbose_name = _("Account")
        verbose_name_plural = _("Accounts")
        constraints = [
            models.UniqueConstraint(fields=["kind", "holder"], name="account_one_per_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.holder or ''}".strip()


class Posting(models.Model):
    """One event of money, posted once; `reference` is the number of the order it is about."""

    event = models.CharField(_("Event"), max_length=100, unique=True)
    reference = models.CharField(_("Reference"), max_length=64, db_index=True)
    at = models.DateTimeField(_("At"))

    class Meta:
        verbose_name = _("Ledger posting")
        verbose_name_plural = _("Ledger postings")

    def __str__(self) -> str:
        return self.event


class Entry(models.Model):
    """So much from one account to another. A row gives exactly what it takes, so that no set of
    rows can sum to anything but zero."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="entries")
    giver = models.ForeignKey(Account, models.PROTECT, related_name="given")
    taker = models.ForeignKey(Account, models.PROTECT, related_name="taken")
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ledger entry")
        verbose_name_plural = _("Ledger entries")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_amount_positive"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="entry_between_accounts"),
            models.UniqueConstraint(
                fields=["posting", "giver", "taker"], name="entry_one_per_pair_of_accounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posting}: {self.giver} → {self.taker} ¥{self.amount}"
