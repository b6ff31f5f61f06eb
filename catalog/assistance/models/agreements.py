"""What a cooperative and the households of its county have agreed on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.assistance.querysets import AgreementQuerySet
from catalog.households.models import Household
from catalog.households.sealed_files import sealed_storage
from catalog.kinds import Kind
from catalog.models import Category
from catalog.origins.models import Region
from catalog.producers.models import Cooperative


class Mode(Kind):
    """How households earn: contract purchase, wages, rent …"""

    name = models.CharField(_("Name"), max_length=20)
    name_en = models.CharField(_("Name in English"), max_length=40, blank=True)

    class Meta(Kind.Meta):
        verbose_name = _("Kind of benefit")
        verbose_name_plural = _("Kinds of benefit")


class Agreement(models.Model):
    """Cooperative, mode, goods and period; the households are those of the cooperative's county.

    Without a specialty it is about whatever the cooperative sells. What records rest on is not
    changed: a new agreement is made instead.
    """

    number = models.CharField(_("Number"), max_length=20, unique=True)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="agreements")
    county = models.ForeignKey(Region, models.PROTECT, related_name="+")
    mode = models.ForeignKey(Mode, models.PROTECT, related_name="+")
    specialty = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Goods")
    )
    begins_on = models.DateField(pgettext_lazy("date", "From"))
    ends_on = models.DateField(_("Until"))
    terms = models.CharField(_("What was agreed"), max_length=300, blank=True)
    households = models.ManyToManyField(Household, through="AgreementHousehold", related_name="+")
    made_at = models.DateTimeField(_("Made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("Agreement")
        verbose_name_plural = _("Agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="agreement_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AgreementHousehold(models.Model):
    """`position` is the household's number on the signed list, by which a cooperative knows it."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="members")
    household = models.ForeignKey(Household, models.PROTECT, related_name="agreement_members")
    position = models.PositiveIntegerField(_("Number on the list"))

    class Meta:
        verbose_name = _("Household of an agreement")
        verbose_name_plural = _("Households of agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "household"], name="agreement_household_once"
            ),
            models.UniqueConstraint(
                fields=["agreement", "position"], name="agreement_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.position}"


class AgreementFile(models.Model):
    """A signed page of an agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="files")
    file = models.FileField(_("File"), upload_to="agreements/", storage=sealed_storage)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("File of an agreement")
        verbose_name_plural = _("Files of agreements")

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.pk}"
