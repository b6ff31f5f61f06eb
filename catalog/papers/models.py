"""Licences, certificates and reports: one model, one word."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.papers.querysets import PaperQuerySet
from marketplace.uploads import private_storage


class Paper(models.Model):
    """One paper with its number, issuer and validity; who holds it points here.

    A renewed paper often keeps its number; nobody holds two of one number whose days overlap, see
    services. Of two who claim the same number one may be lying, and that is not ours to decide
    while somebody types: so the number is not unique.

    `valid_until` is the last day on which the paper is valid; empty means without end.
    """

    class Kind(models.TextChoices):
        BUSINESS_LICENCE = "business_licence", _("Business licence")
        FOOD_PRODUCTION_LICENCE = "food_production_licence", _("Food production licence (SC)")
        SLAUGHTER_LICENCE = "slaughter_licence", _("Livestock slaughter licence")
        ANIMAL_HEALTH_LICENCE = "animal_health_licence", _("Animal epidemic prevention licence")
        ORGANIC_CERTIFICATE = "organic_certificate", _("Organic product certificate")
        GREEN_FOOD_CERTIFICATE = "green_food_certificate", _("Green food certificate")
        TEST_REPORT = "test_report", _("Test report")
        FRESH_CUT_FILING = "fresh_cut_filing", _("Fresh-cut produce filing")
        CONFORMITY_CERTIFICATE = "conformity_certificate", _("Promise of conformity certificate")
        ANIMAL_QUARANTINE = "animal_quarantine", _("Animal quarantine certificate")
        MEAT_INSPECTION = "meat_inspection", _("Meat quality inspection certificate")

    # Kinds that a shopper may filter by and that become a badge while valid.
    BADGES = (Kind.ORGANIC_CERTIFICATE, Kind.GREEN_FOOD_CERTIFICATE, Kind.CONFORMITY_CERTIFICATE)

    kind = models.CharField(_("Kind"), max_length=30, choices=Kind.choices)
    number = models.CharField(_("Number"), max_length=60)
    issuer = models.CharField(_("Issuer"), max_length=80)
    holder = models.CharField(_("Holder"), max_length=80)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    file = models.FileField(_("File"), upload_to="papers/", storage=private_storage, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("Paper")
        verbose_name_plural = _("Papers")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="paper_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    def days_left(self, day: date) -> int | None:
        """Until its last day; 0 on that day, negative after it, None without end."""
        return (self.valid_until - day).days if self.valid_until else None
