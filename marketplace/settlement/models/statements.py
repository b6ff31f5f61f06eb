"""The statement of a cooperative for one month, frozen when the month is over."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.producers.models import Cooperative
from marketplace.ledger.models import Entry
from marketplace.settlement.columns import COLUMNS
from marketplace.settlement.querysets import StatementQuerySet

# SQLite adds in floating point: amounts in whole fen are equal when they differ by less than this.
HALF_A_FEN = Decimal("0.005")
SUM = sum(map(F, COLUMNS), F("opening"))


class YuanColumn(models.DecimalField):
    """Yuan that a month added to what is owed; below zero what it took away."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"max_digits": 14, "decimal_places": 2, **kwargs})


class Statement(models.Model):
    """What one month did to the accounts of a cooperative, for goods and delivery together.

    Written once when the month is over, never changed. What the ledger is told later of a day
    in it stands in the statement of the month after, so that every statement begins where the
    one before has ended. `goods` is what the goods cost before all discounts, for reading.
    """

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="statements")
    month = models.DateField(_("Month"), help_text=_("Its first day."))
    number = models.CharField(_("Number"), max_length=24, unique=True)
    opening = YuanColumn(_("Opening balance"))
    goods = YuanColumn(_("Goods at their prices"))
    sold = YuanColumn(_("Paid by buyers for goods"))
    market = YuanColumn(_("Discounts borne by the market"))
    delivery = YuanColumn(_("Paid by buyers for delivery"))
    refunded = YuanColumn(_("Refunds"))
    fee = YuanColumn(_("The market's fee"))
    paid_out = YuanColumn(_("Paid out"))
    closing = YuanColumn(_("Closing balance"))
    made_at = models.DateTimeField(_("Made at"))

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("Statement")
        verbose_name_plural = _("Statements")
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "month"], name="statement_one_per_month"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="statement_month_is_its_first_day"
            ),
            models.CheckConstraint(
                condition=Q(closing__gt=SUM - HALF_A_FEN, closing__lt=SUM + HALF_A_FEN),
                name="statement_movements_lead_to_its_closing",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class StatementEntry(models.Model):
    """An entry of the ledger that a statement counts; no entry is counted twice."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="rows")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="statement_row")

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.entry_id}"
