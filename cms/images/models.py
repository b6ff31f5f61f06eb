"""Pictures of pages, with the words that replace them and the name of who made them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.images.querysets import PageImageQuerySet
from marketplace.localised import localised


class PageImage(AbstractImage):
    """`alt_text` is read aloud in place of the picture; empty marks a decoration."""

    alt_text = models.CharField(_("Alternative text"), max_length=200, blank=True)
    alt_text_en = models.CharField(_("Alternative text in English"), max_length=200, blank=True)
    credit = models.CharField(_("Credit"), max_length=100, blank=True)

    objects = PageImageQuerySet.as_manager()

    admin_form_fields = (*Image.admin_form_fields, "alt_text", "alt_text_en", "credit")

    @property
    def default_alt_text(self) -> str:
        return localised(self, "alt_text")


class PageRendition(AbstractRendition):
    image = models.ForeignKey(PageImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="page_rendition_unique"
            ),
        ]
