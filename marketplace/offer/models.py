"""Offers: on which goods, from which sum upwards, how much is taken off, and who pays for it.

Of Oscar's kinds only those are let in that our own applicator knows, by the database itself:
a condition on the value of goods, and an amount or a percentage off.
"""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from oscar.apps.offer.abstract_models import (
    AbstractBenefit,
    AbstractCondition,
    AbstractConditionalOffer,
    AbstractRange,
)

from catalog.producers.models import Cooperative
from marketplace.localised import localised
from marketplace.offer.querysets import OfferQuerySet


class Range(AbstractRange):
    """Goods: all of them, or those of the named categories and cooperatives.

    Oscar's other columns (products, classes, exclusions) are not read.
    """

    cooperatives = models.ManyToManyField(Cooperative, blank=True, related_name="+")

    class Meta(AbstractRange.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(proxy_class__isnull=True), name="range_of_no_class_of_its_own"
            ),
        ]


class Condition(AbstractCondition):
    """Goods of the range for `value` yuan or more; 0 asks for nothing."""

    class Meta(AbstractCondition.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    type="Value", value__gte=0, range__isnull=False, proxy_class__isnull=True
                ),
                name="condition_is_on_value",
            ),
        ]


class Benefit(AbstractBenefit):
    """What is taken off goods of the range: `value` yuan, or `value` per cent."""

    class Kind(models.TextChoices):
        AMOUNT = "Absolute", _("An amount")
        PERCENT = "Percentage", _("A percentage")

    class Meta(AbstractBenefit.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(type="Absolute") | Q(type="Percentage", value__lte=100))
                & Q(value__gt=0, range__isnull=False, proxy_class__isnull=True),
                name="benefit_is_amount_or_percent",
            ),
        ]


class Bearer(models.TextChoices):
    """Who pays for a discount."""

    PLATFORM = "platform", _("The market")
    COOPERATIVE = "cooperative", _("The cooperative")


class ConditionalOffer(AbstractConditionalOffer):
    """One offer, for everybody (type Site) or for whoever has the code (type Voucher).

    What a cooperative bears is taken off its own goods only. `num_applications` counts orders,
    and only while `max_global_applications` limits them: an offer without a limit is a row that
    no order waits for.
    """

    name_en = models.CharField(_("Name in English"), max_length=128, blank=True)
    bearer = models.CharField(
        _("Borne by"), max_length=12, choices=Bearer.choices, default=Bearer.PLATFORM
    )
    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, null=True, blank=True, related_name="+"
    )
    most_off = models.DecimalField(
        _("Most that is taken off one order"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = OfferQuerySet.as_manager()

    class Meta(AbstractConditionalOffer.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(bearer="platform", cooperative__isnull=True)
                | Q(bearer="cooperative", cooperative__isnull=False),
                name="offer_names_its_bearer",
            ),
            models.CheckConstraint(
                condition=Q(max_global_applications__isnull=True)
                | Q(num_applications__lte=F("max_global_applications")),
                name="offer_applications_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(most_off__isnull=True) | Q(most_off__gt=0),
                name="offer_most_off_positive",
            ),
            models.CheckConstraint(
                condition=Q(start_datetime__isnull=True)
                | Q(end_datetime__isnull=True)
                | Q(end_datetime__gte=F("start_datetime")),
                name="offer_ends_after_it_begins",
            ),
        ]

    @property
    def name_text(self) -> str:
        return localised(self, "name")

    @property
    def bearer_text(self) -> str:
        """Who pays for the discount, as the buyer is told."""
        if self.cooperative is None:
            return gettext("Borne by Yinshan Market")
        bearer = self.cooperative.short_name_text
        return gettext("Borne by %(cooperative)s") % {"cooperative": bearer}

    @property
    def terms_text(self) -> str:
        """As a shopkeeper says it: 满 ¥199 减 ¥20."""
        value, threshold = self.benefit.value, self.condition.value
        percent = self.benefit.type == Benefit.Kind.PERCENT
        parts = {
            "off": f"{value.normalize():f}%" if percent else f"¥{short(value)}",
            "threshold": f"¥{short(threshold)}",
            "most": f"¥{short(self.most_off or value)}",
        }
        if self.most_off and threshold:
            return gettext("%(off)s off from %(threshold)s, at most %(most)s") % parts
        if self.most_off:
            return gettext("%(off)s off, at most %(most)s") % parts
        if threshold:
            return gettext("%(off)s off from %(threshold)s") % parts
        return gettext("%(off)s off") % parts


def short(yuan: Decimal) -> str:
    """199.00 → 199, 8.80 → 8.80."""
    return f"{yuan:,.2f}".removesuffix(".00")


class OfferUse(models.Model):
    """An order in which the offer took `amount` yuan off; deleted when the order is given up.

    The order is named by its number in the table, not by a foreign key: orders lie above
    offers and point down to them, never the reverse.
    """

    offer = models.ForeignKey(ConditionalOffer, models.PROTECT, related_name="uses")
    order_id = models.BigIntegerField(_("Order"), db_index=True)
    amount = models.DecimalField(_("Amount"), max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "order_id"], name="offer_use_once_per_order"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="offer_use_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.order_id}"


from oscar.apps.offer.models import *
