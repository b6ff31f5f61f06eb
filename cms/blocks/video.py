"""A film elsewhere, shown as a picture that leads to it.

Nothing is embedded: the page asks no other site for anything until the visitor goes there.
"""

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RegexBlock, StructValue

from cms.blocks.keys import ImageKeyBlock
from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock

FILM = r"^https://[\w.-]+\.[a-zA-Z]{2,}(/\S*)?$"


class VideoBlock(SectionBlock):
    title = CharBlock(label=_("Title"), max_length=60)
    url = RegexBlock(
        FILM,
        label=_("Address of the film"),
        help_text=_("A whole address that begins with https://. The page shows a link to it."),
        error_messages={"invalid": _("Give the whole address; it begins with https://.")},
    )
    image = ImageKeyBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), max_length=120, required=False)

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.images.add(value["image"])

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        host = urlsplit(value["url"]).hostname
        return {"picture": found.pictures.get(value["image"]), "host": host}

    class Meta:
        icon = "media"
        label = _("Film elsewhere")
        template = "cms/blocks/video.html"
