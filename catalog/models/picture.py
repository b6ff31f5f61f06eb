"""Pictures of goods, shown through renditions that were made at upload."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProductImage

from marketplace.pictures import Picture, picture_of


class ProductImage(AbstractProductImage):
    """One picture of a product; `caption` is its alternative text."""

    renditions = models.JSONField(_("Renditions"), default=list, editable=False)

    @property
    def picture(self) -> Picture | None:
        return picture_of(self.renditions, alt=self.caption)
