"""Who grows it: cooperatives and other producers, their papers and their people."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from catalog.origins.models import Region
from catalog.papers.models import Paper
from catalog.producers.admission.models import (
    AdmissionCounty,
    Application,
    ApplicationPaper,
    ApplicationStep,
    Objection,
    Recommendation,
)
from catalog.producers.kinds import Kind
from catalog.producers.querysets import CooperativeQuerySet, MembershipQuerySet
from marketplace.localised import localised
from marketplace.pictures import BADGE_WIDTHS, Colour, Picture, picture_of
from marketplace.portraits import Portrayed

__all__ = [
    "AdmissionCounty",
    "Application",
    "ApplicationPaper",
    "ApplicationStep",
    "Cooperative",
    "CooperativePaper",
    "Membership",
    "Objection",
    "Recommendation",
]


class Cooperative(Portrayed):
    """A producer that sells here: cooperative, farm, mill or workshop of an origin county."""

    ORIGINAL, WIDTHS = "badge", BADGE_WIDTHS

    Kind = Kind

    class Benefit(models.TextChoices):
        PURCHASE_CONTRACT = "purchase_contract", _("Contract purchase")
        SURPLUS_RETURN = "surplus_return", _("Return of surplus")
        WAGE = "wage", _("Wage work")
        LAND_LEASE = "land_lease", _("Land lease")
        CUSTODY = "custody", _("Stock in custody")
        UNIFIED_PURCHASE = "unified_purchase", _("Unified purchase")
        SHAREHOLDING = "shareholding", _("Share dividend")
        SHED_RENT = "shed_rent", _("Shed rent dividend")
        COLLECTIVE_DIVIDEND = "collective_dividend", _("Collective dividend")
        OWN_PRODUCE = "own_produce", _("Own stock, own sale")

    slug = models.SlugField(_("Address"), unique=True)
    name = models.CharField(_("Name"), max_length=80, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    short_name = models.CharField(_("Short name"), max_length=40)
    short_name_en = models.CharField(_("Short name in English"), max_length=80, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    colour = models.CharField(_("Colour"), max_length=10, choices=Colour.choices)
    township = models.ForeignKey(Region, models.PROTECT, related_name="+")
    county = models.ForeignKey(Region, models.PROTECT, related_name="cooperatives")
    known_for = models.CharField(_("Known for"), max_length=20, blank=True)
    known_for_en = models.CharField(_("Known for, in English"), max_length=40, blank=True)
    benefit_modes = models.JSONField(_("Kinds of benefit"), default=list, blank=True)
    benefit_text = models.TextField(_("How households benefit"), blank=True)
    summary = models.CharField(_("Summary"), max_length=200, blank=True)
    summary_en = models.CharField(_("Summary in English"), max_length=300, blank=True)
    story = models.TextField(_("Story"), blank=True)
    badge = models.ImageField(_("Badge"), upload_to="producers/", blank=True)
    papers = models.ManyToManyField(Paper, through="CooperativePaper")

    objects = CooperativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Cooperative")
        verbose_name_plural = _("Cooperatives")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cooperatives:detail", args=[self.slug])

    @property
    def name_text(self) -> str:
        return localised(self, "name")

    @property
    def short_name_text(self) -> str:
        return localised(self, "short_name")

    @property
    def known_for_text(self) -> str:
        return localised(self, "known_for")

    @property
    def summary_text(self) -> str:
        return localised(self, "summary")

    @property
    def place_text(self) -> str:
        """County and township, the wider first in Chinese and last in English."""
        places = {"county": self.county.name_text, "township": self.township.name_text}
        return pgettext("place", "%(township)s, %(county)s") % places

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    @property
    def benefit_labels(self) -> list[str]:
        return [self.Benefit(mode).label for mode in self.benefit_modes]

    @property
    def picture(self) -> Picture | None:
        return picture_of(self.renditions, alt="")


class CooperativePaper(models.Model):
    """A paper that the business itself holds, as its production licence."""

    cooperative = models.ForeignKey(Cooperative, models.CASCADE)
    paper = models.ForeignKey(Paper, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "paper"], name="cooperative_paper_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.paper_id}"


class Membership(models.Model):
    """A person acting for a cooperative, from one day until another.

    The owner may do everything, the clerk sells and ships and sees no money, the accountant sees
    money and changes nothing.
    """

    class Role(models.TextChoices):
        OWNER = "owner", pgettext_lazy("role", "Owner")
        CLERK = "clerk", _("Clerk")
        ACCOUNTANT = "accountant", _("Accountant")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    cooperative = models.ForeignKey(Cooperative, models.CASCADE, related_name="memberships")
    role = models.CharField(_("Role"), max_length=10, choices=Role.choices)
    begins_on = models.DateField(pgettext_lazy("date", "From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("Membership")
        verbose_name_plural = _("Memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "cooperative"],
                condition=Q(ends_on__isnull=True),
                name="membership_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.cooperative}"
