"""A teaser for a story: picture, some lines, and the way to the page that tells it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructValue, TextBlock

from cms.blocks.keys import ImageKeyBlock
from cms.blocks.link import LinkBlock
from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock
from marketplace.pictures import Colour


class StoryBlock(SectionBlock):
    kicker = CharBlock(label=_("Kicker"), max_length=40, required=False)
    title = TextBlock(label=_("Title"), max_length=80, rows=2)
    text = TextBlock(label=_("Text"), max_length=400)
    image = ImageKeyBlock(label=_("Picture"))
    colour = ChoiceBlock(choices=Colour.choices, default=Colour.NEAR, label=_("Colour"))
    link = LinkBlock(label=_("Link"))

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.images.add(value["image"])
        needs.pages.add(value["link"]["page"])

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        return {
            "image": found.pictures.get(value["image"]),
            "link": value["link"].resolve(found.addresses),
        }

    class Meta:
        icon = "openquote"
        label = _("Story")
        template = "cms/blocks/story.html"
