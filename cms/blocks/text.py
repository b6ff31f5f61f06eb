"""Running text and single pictures of plain pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructValue

from cms.blocks.keys import ImageKeyBlock
from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock

FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "hr"]


class TextBlock(SectionBlock):
    text = RichTextBlock(features=FEATURES, label=_("Text"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/text.html"


class PictureBlock(SectionBlock):
    image = ImageKeyBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), max_length=120, required=False)

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.images.add(value["image"])

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        return {"picture": found.pictures.get(value["image"])}

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"
