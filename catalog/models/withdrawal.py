"""When and why the market took a good off sale, and when it put it back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Withdrawal(models.Model):
    """Written once, and once more when the good is put back; never deleted.

    A platform that knows of something unsafe must stop its sale at once (food safety law 62). The
    open one is the good's `withdrawal`; while there is one, nothing makes it sellable.
    """

    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="withdrawals")
    reason = models.TextField(_("Reason"))
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    restored_at = models.DateTimeField(_("Put back at"), null=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    restored_because = models.TextField(_("Why it was put back"), blank=True)

    class Meta:
        verbose_name = _("Withdrawal")
        verbose_name_plural = _("Withdrawals")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_reason"),
            models.CheckConstraint(
                condition=Q(restored_at__isnull=True) | Q(restored_at__gte=F("at")),
                name="withdrawal_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(restored_at__isnull=True),
                name="withdrawal_one_open_per_good",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.reason}"
