"""A trade fair in Beijing: its days, its place, who holds it, and how far it is."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from catalog.origins.models import Region
from marketplace.fairs.querysets import FairQuerySet
from marketplace.localised import localised, localised_property

# From this many expected people on, a fair needs a permit of the police: Regulations on the
# safety of large mass activities, art. 2 and 12.
PERMIT_FROM = 1000


class Organisation(models.Model):
    """Whoever holds, helps with or carries out fairs."""

    name = models.CharField(_("Name"), max_length=80, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Organisation")
        verbose_name_plural = _("Organisations")

    def __str__(self) -> str:
        return self.name

    @property
    def name_text(self) -> str:
        return localised(self, "name")


class Fair(ClusterableModel):
    """A fair from its first draft to its report; its pages, one per language, point to it.

    The hours hold for every day; `last_closes_at` is for a last day that ends earlier.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CALL = "call", _("Call open")
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")
        REPORTED = "reported", _("Reported")

    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    theme = models.CharField(_("Theme"), max_length=80, blank=True)
    theme_en = models.CharField(_("Theme in English"), max_length=120, blank=True)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.DRAFT)
    begins_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    opens_at = models.TimeField(_("Opens at"))
    closes_at = models.TimeField(_("Closes at"))
    last_closes_at = models.TimeField(_("Closes on the last day at"), null=True, blank=True)
    venue = models.CharField(_("Venue"), max_length=80)
    venue_en = models.CharField(_("Venue in English"), max_length=120, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("District"), related_name="+")
    address = models.CharField(_("Address"), max_length=160)
    address_en = models.CharField(_("Address in English"), max_length=200, blank=True)
    transport = models.TextField(_("How to get there"), blank=True)
    transport_en = models.TextField(_("How to get there, in English"), blank=True)
    latitude = models.DecimalField(
        _("Latitude"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("Longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    expected_visitors = models.PositiveIntegerField(
        _("Expected visitors"), validators=[MinValueValidator(1)]
    )
    permit_number = models.CharField(_("Permit number"), max_length=40, blank=True)
    call_closes_at = models.DateTimeField(_("Exhibitors apply until"), null=True, blank=True)

    objects = FairQuerySet.as_manager()

    class Meta:
        verbose_name = _("Fair")
        verbose_name_plural = _("Fairs")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="fair_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="fair_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(last_closes_at__isnull=True) | Q(last_closes_at__gt=F("opens_at")),
                name="fair_last_day_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(call_closes_at__isnull=False),
                name="fair_call_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "call"))
                | Q(expected_visitors__lt=PERMIT_FROM)
                | ~Q(permit_number=""),
                name="fair_with_a_crowd_has_a_permit",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    name_text = localised_property("name")
    theme_text = localised_property("theme")
    venue_text = localised_property("venue")
    address_text = localised_property("address")
    transport_text = localised_property("transport")


class FairStep(models.Model):
    """A fair that went from one state to another, when, and by whom; None is the calendar's hand.
    Written once, never rewritten."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="steps")
    state = models.CharField(_("State"), max_length=8, choices=Fair.State.choices)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("Step of a fair")
        verbose_name_plural = _("Steps of fairs")

    def __str__(self) -> str:
        return f"{self.fair_id}: {self.state}"


class FairOrganisation(Orderable):
    """Who has which part in a fair."""

    class Role(models.TextChoices):
        HOST = "host", _("Host")
        CO_HOST = "co_host", _("Co-host")
        CONTRACTOR = "contractor", _("Carried out by")

    fair = ParentalKey(Fair, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("Organisation"), related_name="fairs"
    )
    role = models.CharField(_("Role"), max_length=10, choices=Role.choices)

    class Meta(Orderable.Meta):
        verbose_name = _("Organisation of a fair")
        verbose_name_plural = _("Organisations of a fair")
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "organisation", "role"], name="fair_organisation_once_per_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.organisation}"
