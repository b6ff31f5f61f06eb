"""What happens after a sale: a lot is recalled, and whoever bought of it is told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.traceability.models import Lot
from marketplace.aftersales.querysets import RecallNoticeQuerySet, RecallQuerySet
from marketplace.order.models import Order
from marketplace.outbox.models import Message


class Recall(models.Model):
    """A lot that is taken back: why, in the words that buyers read, by whom and when.

    A lot is recalled once. `packs_out` are packs that were taken out of the stock with it.
    """

    lot = models.OneToOneField(Lot, models.PROTECT, related_name="recall")
    reason = models.CharField(_("Reason"), max_length=200)
    packs_out = models.PositiveIntegerField(_("Packs taken out of the stock"), default=0)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = RecallQuerySet.as_manager()

    class Meta:
        verbose_name = _("Recall")
        verbose_name_plural = _("Recalls")

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.reason}"


class RecallNotice(models.Model):
    """An order with packs of a recalled lot: what the buyer was sent, and whether it is settled.

    `message` is None when the order has no e-mail address: then somebody has to call.
    """

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="notices")
    order = models.ForeignKey(Order, models.PROTECT, related_name="recall_notices")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(_("Done at"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = RecallNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Order of a recall")
        verbose_name_plural = _("Orders of a recall")
        constraints = [
            models.UniqueConstraint(fields=["recall", "order"], name="recall_notice_once_per_order")
        ]

    def __str__(self) -> str:
        return f"{self.recall_id}: {self.order_id}"
