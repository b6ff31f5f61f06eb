"""Lots: from which harvest or slaughter a pack comes, and what happened to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.papers.models import Paper
from catalog.traceability.querysets import LotQuerySet


class Lot(models.Model):
    """One harvest, slaughter or production batch of a product; quantity in packs.

    Only a released lot may be sent; a recalled one is never sold or sent again.
    """

    class State(models.TextChoices):
        HELD = "held", _("Not released")
        RELEASED = "released", _("Released")
        RECALLED = "recalled", _("Recalled")

    code = models.CharField(_("Code"), max_length=24, unique=True)
    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="lots")
    produced_on = models.DateField(_("Produced on"))
    quantity = models.PositiveIntegerField(_("Quantity"), help_text=_("packs"))
    place = models.CharField(_("Place"), max_length=60, blank=True)
    state = models.CharField(
        _("State"), max_length=10, choices=State.choices, default=State.HELD, db_index=True
    )
    papers = models.ManyToManyField(Paper, through="LotPaper")

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("Lot")
        verbose_name_plural = _("Lots")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="lot_quantity_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["held", "released", "recalled"]), name="lot_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class LotEvent(models.Model):
    """One step in a lot's life, as sown, milled or tested."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="events")
    on = models.DateField(_("On"))
    title = models.CharField(_("Title"), max_length=40)
    detail = models.CharField(_("Detail"), max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.lot_id} {self.on}: {self.title}"


class LotPaper(models.Model):
    """A paper issued for one lot, as a quarantine certificate."""

    lot = models.ForeignKey(Lot, models.CASCADE)
    paper = models.ForeignKey(Paper, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "paper"], name="lot_paper_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.paper_id}"
