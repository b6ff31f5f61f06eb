"""Lots: from which harvest or slaughter a pack comes, and what happened to it."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.papers.models import Paper
from catalog.traceability.querysets import LotEventQuerySet, LotQuerySet, RewritingHistory

# What a code looks like on a label: typed on a phone, read aloud, put into an address.
CODE = RegexValidator(
    r"\A[A-Z0-9](?:[A-Z0-9]|-(?!-|\Z)){2,23}\Z",
    _("Capital letters, digits and single hyphens, 3 to 24 of them."),
)


class Lot(models.Model):
    """One harvest, slaughter or production batch of a product; quantity in packs.

    Only a released lot may be sent; a recalled one is never sold or sent again. Forward only:
    held, released, recalled.
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
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    released_at = models.DateTimeField(_("Released at"), null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

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

    def get_absolute_url(self) -> str:
        """What the QR code on the pack leads to."""
        return reverse("trace:lot", args=[self.code])

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_released(self) -> bool:
        return self.state == self.State.RELEASED

    @property
    def is_recalled(self) -> bool:
        return self.state == self.State.RECALLED


class LotEvent(models.Model):
    """One step in a lot's life: sown, dug, milled, tested, packed.

    Written once: neither changed nor deleted. A correction is a later event that names the one
    that it `corrects`; an event is corrected once, and its correction may be corrected in turn.
    """

    class Kind(models.TextChoices):
        GROWING = "growing", pgettext_lazy("event", "Growing")
        HARVEST = "harvest", pgettext_lazy("event", "Harvest")
        SLAUGHTER = "slaughter", pgettext_lazy("event", "Slaughter")
        PROCESSING = "processing", pgettext_lazy("event", "Processing")
        INSPECTION = "inspection", pgettext_lazy("event", "Inspection")
        PACKING = "packing", pgettext_lazy("event", "Packing")

    # Which kinds come before which; an inspection comes at any time.
    STAGES = {
        Kind.GROWING: 0,
        Kind.HARVEST: 1,
        Kind.SLAUGHTER: 1,
        Kind.PROCESSING: 2,
        Kind.PACKING: 3,
    }

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="events")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("On"))
    place = models.CharField(_("Place"), max_length=60, blank=True)
    title = models.CharField(_("Title"), max_length=40)
    detail = models.CharField(_("Detail"), max_length=120, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_at = models.DateTimeField(_("Recorded at"), null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = LotEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("Event of a lot")
        verbose_name_plural = _("Events of lots")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "growing",
                        "harvest",
                        "slaughter",
                        "processing",
                        "inspection",
                        "packing",
                    ]
                ),
                name="lot_event_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="lot_event_corrects_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.on}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RewritingHistory
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RewritingHistory

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    @property
    def is_corrected(self) -> bool:
        """Of an event that was read `with_corrections`."""
        return getattr(self, "corrected_by", None) is not None


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
