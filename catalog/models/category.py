"""Categories: a root is a specialty with its colour and picture, its children are shelves."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory

from catalog.querysets import CategoryManager
from marketplace.localised import localised
from marketplace.pictures import Colour, Picture, picture_of
from marketplace.portraits import Portrayed


class Category(AbstractCategory, Portrayed):
    """A specialty (depth 1) or a shelf in it (depth 2)."""

    ORIGINAL = "image"

    name_en = models.CharField(_("Name in English"), max_length=80, blank=True)
    tagline = models.CharField(_("Tagline"), max_length=60, blank=True)
    tagline_en = models.CharField(_("Tagline in English"), max_length=120, blank=True)
    description_en = models.TextField(_("Description in English"), blank=True)
    colour = models.CharField(
        _("Colour"), max_length=10, choices=Colour.choices, default=Colour.NEAR
    )

    objects = CategoryManager()

    def get_absolute_url(self) -> str:
        return reverse("shop:category", args=[self.slug, self.pk])

    @property
    def name_text(self) -> str:
        return localised(self, "name")

    @property
    def tagline_text(self) -> str:
        return localised(self, "tagline")

    @property
    def description_text(self) -> str:
        return localised(self, "description")

    @property
    def picture(self) -> Picture | None:
        return picture_of(self.renditions, alt=self.name_text)
