"""What a cooperative sells: its shelf (Oscar's Partner) and the stock of each pack."""

from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from catalog.producers.models import Cooperative
from marketplace.partner.querysets import FeeRateQuerySet, PricePaidQuerySet, StockRecordQuerySet

HIGHEST_FEE = Decimal("0.3000")


class Partner(AbstractPartner):
    """The shelf of one cooperative; `users` stays empty, people are producers.Membership.

    From `closed_from` until `closed_until`, both counted, nothing leaves the cooperative.
    """

    cooperative = models.OneToOneField(Cooperative, models.PROTECT, null=True, related_name="shelf")
    closed_from = models.DateField(_("Closed from"), null=True, blank=True)
    closed_until = models.DateField(_("Closed until"), null=True, blank=True)

    class Meta(AbstractPartner.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_from__isnull=True, closed_until__isnull=True)
                | Q(closed_from__isnull=False, closed_until__gte=F("closed_from")),
                name="shelf_closed_days_ordered",
            ),
        ]

    def is_closed_on(self, day: date) -> bool:
        return self.closed_from is not None and self.closed_from <= day <= self.closed_until

    def open_day_from(self, day: date) -> date:
        """The day itself, or the first one after the closed days that it lies in."""
        return self.closed_until + timedelta(days=1) if self.is_closed_on(day) else day


class StockRecord(AbstractStockRecord):
    """Price in yuan and stock in packs of one pack; never more allocated than there is."""

    num_in_stock = models.PositiveIntegerField(_("Packs in stock"), default=0)
    num_allocated = models.PositiveIntegerField(_("Packs allocated"), default=0)

    objects = StockRecordQuerySet.as_manager()

    class Meta(AbstractStockRecord.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(num_allocated__lte=F("num_in_stock")),
                name="stock_allocated_within_stock",
            ),
            models.CheckConstraint(condition=Q(price__gt=0), name="stock_price_positive"),
            models.UniqueConstraint(fields=["product"], name="stock_one_record_per_pack"),
        ]

    @property
    def free(self) -> int:
        """Packs that can still be sold."""
        return self.num_in_stock - self.num_allocated


class PricePaid(models.Model):
    """What a pack was really sold for, in yuan for one, discounts taken off and rounded down.

    No was-price may be above the lowest of the last seven days (明码标价和禁止价格欺诈规定 16).
    """

    stockrecord = models.ForeignKey(StockRecord, models.CASCADE, related_name="prices_paid")
    price = models.DecimalField(_("Price paid"), max_digits=12, decimal_places=2)
    at = models.DateTimeField(_("At"))

    objects = PricePaidQuerySet.as_manager()

    class Meta:
        verbose_name = _("Price paid")
        verbose_name_plural = _("Prices paid")
        indexes = [models.Index(fields=["stockrecord", "at"], name="price_paid_lately")]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="price_paid_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.stockrecord_id} ¥{self.price}"


class PriceChange(models.Model):
    """Who set which price when, in yuan for one pack. Written once, never rewritten.

    The law asks for it: who claims a lower price must be able to show the one before it.
    """

    stockrecord = models.ForeignKey(StockRecord, models.CASCADE, related_name="price_changes")
    before = models.DecimalField(_("Price before"), max_digits=12, decimal_places=2)
    after = models.DecimalField(_("Price after"), max_digits=12, decimal_places=2)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("Price change")
        verbose_name_plural = _("Price changes")
        indexes = [models.Index(fields=["stockrecord", "-id"], name="price_change_of_a_pack")]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__gt=0, after__gt=0) & ~Q(before=F("after")),
                name="price_change_changes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stockrecord_id} ¥{self.before} → ¥{self.after}"


class FeeRate(models.Model):
    """What share of a cooperative's sales the market keeps, from a day on; without one, nothing.

    Written once, never rewritten: of those that have begun, the one that begins last holds, of
    two for the same day the later written. Each sale keeps the rate of its day, so a new rate
    never reaches back.
    """

    shelf = models.ForeignKey(Partner, models.PROTECT, related_name="fee_rates")
    rate = models.DecimalField(_("Fee rate"), max_digits=5, decimal_places=4)
    begins_on = models.DateField(_("Begins on"))
    reason = models.CharField(_("Reason"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("At"))

    objects = FeeRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Fee rate")
        verbose_name_plural = _("Fee rates")
        indexes = [models.Index(fields=["shelf", "begins_on"], name="fee_rate_of_a_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate__gte=0, rate__lte=HIGHEST_FEE), name="fee_rate_within_bounds"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="fee_rate_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.shelf_id} {self.percent} {self.begins_on}"

    @property
    def percent(self) -> str:
        return f"{self.rate * 100:.2f}%"


from oscar.apps.partner.models import *
