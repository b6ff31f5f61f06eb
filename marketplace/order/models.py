"""Orders: what was bought, as of the sale, and one consignment for each parcel."""

from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder, AbstractOrderDiscount

from catalog.models.product import Storage
from catalog.producers.models import Cooperative
from catalog.traceability.models import Lot
from marketplace.address.models import ChineseAddress
from marketplace.localised import localised
from marketplace.money import FEN
from marketplace.order.carriers import Carrier
from marketplace.order.querysets import ConsignmentQuerySet, OrderQuerySet
from marketplace.order.states import SLOWEST_FIRST, State
from marketplace.partner.models import Partner

HELD_FOR = timedelta(minutes=30)


class ShippingAddress(ChineseAddress, AbstractShippingAddress):
    """Where the order goes, as it was written when placed."""

    class Meta(AbstractShippingAddress.Meta):
        pass


class Order(AbstractOrder):
    """One purchase over one or more cooperatives. Its state is that of its consignments.

    All amounts are in yuan and include tax; Oscar's excl_tax columns hold the same amount.
    """

    submission_token = models.CharField(
        _("Token of the confirm page"), max_length=40, unique=True, null=True, editable=False
    )
    language = models.CharField(_("Language"), max_length=10, default=settings.LANGUAGE_CODE)
    held_until = models.DateTimeField(
        _("Goods held until"), null=True, db_index=True, help_text=_("While payment is awaited.")
    )

    objects = OrderQuerySet.as_manager()

    class Meta(AbstractOrder.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(shipping_incl_tax__gte=0, total_incl_tax__gte=F("shipping_incl_tax")),
                name="order_amounts_not_negative",
            ),
            models.UniqueConstraint(fields=["basket"], name="order_one_per_basket"),
        ]

    @property
    def goods_total(self) -> Decimal:
        return self.total_incl_tax - self.shipping_incl_tax

    def state_at(self, now: datetime) -> State:
        """By the prefetched consignments, which alone have a state: that of the slowest parcel
        still to come. What waits for payment longer than its goods are held counts as expired.
        """
        states = {parcel.state for parcel in self.consignments.all()}
        slowest = min(map(State, states), key=SLOWEST_FIRST.index)
        if slowest == State.AWAITING_PAYMENT and self.is_overdue_at(now):
            return State.EXPIRED
        return slowest

    @property
    def is_unpaid(self) -> bool:
        """Whether all of its prefetched consignments wait for payment, in time or not."""
        return {parcel.state for parcel in self.consignments.all()} == {State.AWAITING_PAYMENT}

    @property
    def is_unsent(self) -> bool:
        """Whether all of its prefetched consignments are paid and none has left."""
        return {parcel.state for parcel in self.consignments.all()} <= {State.PAID, State.PACKED}

    def cancellable_as(self, now: datetime) -> State | None:
        """As what it can be cancelled: as one that waits for its money, or as one that is paid
        and not sent, whose money then goes back. None when it cannot."""
        if self.is_unsent:
            return State.PAID
        return self.state_at(now) if self.state_at(now) == State.AWAITING_PAYMENT else None

    def is_overdue_at(self, now: datetime) -> bool:
        """Whether the time has passed for which goods are held while payment is awaited."""
        return self.held_until is not None and self.held_until <= now

    @property
    def contact_email(self) -> str:
        return self.guest_email or (self.user.email if self.user else "") or ""


class Channel(models.TextChoices):
    """Where a line was sold."""

    ONLINE = "online", _("Online")
    FAIR = "fair", _("Fair")
    BOOTH = "booth", _("Booth")
    UNIT = "unit", _("Purchasing unit")
    PRESALE = "presale", _("Pre-sale")


class Line(AbstractLine):
    """One pack of the order with everything about it that may change later."""

    consignment = models.ForeignKey(
        "order.Consignment", models.PROTECT, null=True, related_name="lines"
    )
    title_en = models.CharField(_("Title in English"), max_length=255, blank=True)
    net_grams = models.PositiveIntegerField(_("Net weight, g"), null=True)
    net_ml = models.PositiveIntegerField(_("Net volume, ml"), null=True)
    catch_weight = models.BooleanField(_("Weighed when packed"), default=False)
    weighed_grams = models.PositiveIntegerField(_("Weighed, g"), null=True)
    is_perishable = models.BooleanField(_("Perishable, no return without reason"), default=False)
    papers = models.JSONField(
        _("Papers"), default=list, help_text=_("Kind, number, issuer, last day; as of the sale.")
    )
    specialty = models.ForeignKey(
        "catalogue.Category", models.PROTECT, null=True, related_name="+", db_index=False
    )
    channel = models.CharField(
        _("Channel"), max_length=8, choices=Channel.choices, default=Channel.ONLINE
    )
    fee_rate = models.DecimalField(_("Fee rate"), max_digits=5, decimal_places=4, default=0)
    rule_version = models.CharField(_("Version of the rules"), max_length=20, blank=True)
    refunded = models.DecimalField(_("Refunded"), max_digits=12, decimal_places=2, default=0)

    class Meta(AbstractLine.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("line_price_incl_tax")),
                name="order_line_refunded_within_its_price",
            ),
            models.CheckConstraint(
                condition=Q(
                    line_price_incl_tax__gte=0,
                    line_price_incl_tax__lte=F("line_price_before_discounts_incl_tax"),
                ),
                name="order_line_price_within_its_goods",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, num_allocated__lte=F("quantity")),
                name="order_line_holds_no_more_than_it_sells",
            ),
            models.CheckConstraint(
                condition=Q(weighed_grams__isnull=True)
                | Q(catch_weight=True, weighed_grams__gt=0, net_grams__gt=0),
                name="order_line_weighed_where_sold_so",
            ),
        ]

    @property
    def title_text(self) -> str:
        return localised(self, "title")

    @property
    def discount(self) -> Decimal:
        """What offers and vouchers took off, in yuan."""
        return self.line_price_before_discounts_incl_tax - self.line_price_incl_tax

    @property
    def price_paid(self) -> Decimal:
        """Yuan for one pack, discounts taken off and rounded down to the fen."""
        return (self.line_price_incl_tax / self.quantity).quantize(FEN, ROUND_DOWN)

    @property
    def refundable(self) -> Decimal:
        """What was paid for it and not yet given back, in yuan."""
        return self.line_price_incl_tax - self.refunded


class Consignment(models.Model):
    """One parcel: the goods of one cooperative and one temperature class.

    The only state machine of an order; it moves forward only.
    """

    State = State

    order = models.ForeignKey(Order, models.CASCADE, related_name="consignments")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="consignments")
    storage = models.CharField(_("Storage"), max_length=13, choices=Storage.choices)
    fee = models.DecimalField(_("Delivery fee"), max_digits=12, decimal_places=2)
    fee_refunded = models.DecimalField(
        _("Delivery fee refunded"), max_digits=12, decimal_places=2, default=0
    )
    grams = models.PositiveIntegerField(_("Weight, g"), default=0)
    dispatch_on = models.DateField(_("To be sent on"), null=True)
    promised_on = models.DateField(_("Promised for"), null=True)
    note = models.CharField(_("Buyer's note"), max_length=200, blank=True)
    state = models.CharField(
        _("State"), max_length=20, choices=State.choices, default=State.AWAITING_PAYMENT
    )
    carrier = models.CharField(_("Carrier"), max_length=8, choices=Carrier.choices, blank=True)
    tracking_number = models.CharField(_("Tracking number"), max_length=40, blank=True)

    objects = ConsignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Consignment")
        verbose_name_plural = _("Consignments")
        indexes = [
            models.Index(fields=["partner", "state", "dispatch_on"], name="consignment_by_day")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "partner", "storage"], name="consignment_one_per_parcel"
            ),
            models.CheckConstraint(condition=Q(fee__gte=0), name="consignment_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(fee_refunded__gte=0, fee_refunded__lte=F("fee")),
                name="consignment_refunded_within_its_fee",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="consignment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(carrier="", tracking_number="")
                | ~Q(carrier="") & ~Q(tracking_number=""),
                name="consignment_carrier_with_its_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.partner_id} {self.storage}"

    @property
    def fee_refundable(self) -> Decimal:
        """What was paid for its delivery and not yet given back, in yuan."""
        return self.fee - self.fee_refunded


class LineLot(models.Model):
    """So many packs of a line come from this lot; written when the parcel is packed."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="lots")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="lines")
    quantity = models.PositiveIntegerField(_("Quantity"), help_text=_("packs"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "lot"], name="line_lot_unique"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="line_lot_quantity_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} × {self.quantity}: {self.lot_id}"


class OrderDiscount(AbstractOrderDiscount):
    """What an offer or a voucher took off, as of the sale; split over lines in yuan and fen.

    `bearer` is in the words of the buyer's language; without a cooperative the market bears it.
    """

    bearer = models.CharField(_("Borne by"), max_length=200, blank=True)
    cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("Cooperative that bears it"),
    )

    class Meta(AbstractOrderDiscount.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="order_discount_positive"),
        ]


class ConsignmentStep(models.Model):
    """One step of a consignment: into which state, when, by whom, why."""

    consignment = models.ForeignKey(Consignment, models.CASCADE, related_name="steps")
    state = models.CharField(_("State"), max_length=20, choices=Consignment.State.choices)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consignment", "state"], name="consignment_step_once"),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="consignment_step_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consignment_id} → {self.state}"


from oscar.apps.order.models import *
