"""Administrative regions of China under their official codes: where goods come from and go to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.origins.querysets import RegionQuerySet
from marketplace.localised import localised


class Region(models.Model):
    """A province, city, district or county, or street or township.

    Codes are those of GB/T 2260 (six digits) and GB/T 10114 (nine digits for streets and
    townships). The municipalities have no city between province and district.
    """

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("Province")
        CITY = 2, _("City")
        DISTRICT = 3, _("District or county")
        STREET = 4, _("Street or township")

    code = models.CharField(_("Code"), max_length=9, primary_key=True)
    name = models.CharField(_("Name"), max_length=40)
    name_en = models.CharField(_("Name in English"), max_length=60, blank=True)
    level = models.PositiveSmallIntegerField(_("Level"), choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    is_renamed = models.BooleanField(
        _("Renamed"), default=False, help_text=_("The official list no longer changes its names.")
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Region")
        verbose_name_plural = _("Regions")

    def __str__(self) -> str:
        return self.name

    @property
    def name_text(self) -> str:
        return localised(self, "name")
