"""Recognitions: what a scheme has certified of a good or a producer; badges derive from them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.assistance.querysets import RecognitionQuerySet
from catalog.models import Product
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.localised import localised
from marketplace.uploads import private_storage


class Scheme(models.Model):
    """Who recognises what, as 脱贫地区农副产品 (832). One bound to counties holds only for goods of
    counties that are on its list that day: a badge of another county would be untrue."""

    code = models.SlugField(_("Code"), max_length=30, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    name_en = models.CharField(_("Name in English"), max_length=120, blank=True)
    label = models.CharField(_("Words of the badge"), max_length=20)
    label_en = models.CharField(_("Words of the badge in English"), max_length=40, blank=True)
    is_bound_to_counties = models.BooleanField(_("Only for certain counties"), default=False)

    class Meta:
        verbose_name = _("Recognition scheme")
        verbose_name_plural = _("Recognition schemes")

    def __str__(self) -> str:
        return self.name

    @property
    def name_text(self) -> str:
        return localised(self, "name")

    @property
    def label_text(self) -> str:
        return localised(self, "label")


class SchemeCounty(models.Model):
    """A county on the list of a scheme, from one day until another."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="counties")
    county = models.ForeignKey(Region, models.PROTECT, related_name="+")
    begins_on = models.DateField(pgettext_lazy("date", "From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        verbose_name = _("County of a scheme")
        verbose_name_plural = _("Counties of schemes")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "county", "begins_on"], name="scheme_county_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="scheme_county_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id}: {self.county_id}"


class Recognition(models.Model):
    """A certificate of a scheme, of one good or of a producer as a whole."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="recognitions")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="recognitions")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="recognitions"
    )
    number = models.CharField(_("Number"), max_length=60)
    issuer = models.CharField(_("Issuer"), max_length=80)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    file = models.FileField(_("File"), upload_to="recognitions/", storage=private_storage)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Recognition")
        verbose_name_plural = _("Recognitions")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "number", "valid_from"], name="recognition_number_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="recognition_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"
