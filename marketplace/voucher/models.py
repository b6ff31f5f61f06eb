"""Vouchers: a code for an offer, how often it may be used in all and by one person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.voucher.abstract_models import AbstractVoucher

from marketplace.voucher.querysets import VoucherQuerySet


class Voucher(AbstractVoucher):
    """A code that opens its offer. `uses` always equals the number of its VoucherUse rows.

    Oscar's `usage` is not read: the two limits say more, and hold for guests too.
    """

    limit_total = models.PositiveIntegerField(
        _("Uses in all"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    limit_per_person = models.PositiveIntegerField(
        _("Uses per person"), null=True, blank=True, default=1, help_text=_("Empty: no limit.")
    )
    uses = models.PositiveIntegerField(_("Uses"), default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = VoucherQuerySet.as_manager()

    class Meta(AbstractVoucher.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_total__isnull=True) | Q(uses__lte=F("limit_total")),
                name="voucher_uses_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(limit_per_person__isnull=True) | Q(limit_per_person__gte=1),
                name="voucher_person_limit_positive",
            ),
            models.CheckConstraint(
                condition=Q(end_datetime__gte=F("start_datetime")),
                name="voucher_ends_after_it_begins",
            ),
        ]

    @property
    def offer(self) -> models.Model:
        """Its one offer, of a voucher that was read `for_table`."""
        return self.offers.all()[0]


class VoucherUse(models.Model):
    """The one voucher of an order and whose it was; deleted when the order is given up.

    The order is named by its key in the table, not by a foreign key: orders lie above vouchers
    and point down to them, never the reverse.
    """

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="taken")
    order_id = models.BigIntegerField(_("Order"), unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    mobile = models.CharField(_("Mobile number"), max_length=11, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["voucher", "user"], name="voucher_use_by_user"),
            models.Index(fields=["voucher", "mobile"], name="voucher_use_by_mobile"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.order_id}"


from oscar.apps.voucher.models import *
