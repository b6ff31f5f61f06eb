"""The head of the home page: a landscape, a poem in its sky, and a board of notes."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructValue

from cms.blocks.keys import ImageKeyBlock
from cms.blocks.link import LinkBlock
from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock


class NoteBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=40)
    text = CharBlock(label=_("Text"), max_length=80)


class LeadBlock(SectionBlock):
    poem = ListBlock(CharBlock(max_length=40), label=_("Lines of the poem"), max_num=3)
    image = ImageKeyBlock(label=_("Picture"))
    phone_image = ImageKeyBlock(label=_("Picture on phones, upright"), required=False)
    notes = ListBlock(NoteBlock(), label=_("Notes"), max_num=3)
    button = LinkBlock(label=_("Button"))

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.images |= {value["image"], value["phone_image"]}
        needs.pages.add(value["button"]["page"])

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        return {
            "image": found.pictures.get(value["image"]),
            "phone_image": found.pictures.get(value["phone_image"]),
            "button": value["button"].resolve(found.addresses),
        }

    class Meta:
        icon = "image"
        label = _("Head of the page")
        template = "cms/blocks/lead.html"
