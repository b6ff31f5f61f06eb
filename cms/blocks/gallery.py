"""Several pictures that belong together, each with its caption."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructValue

from cms.blocks.keys import ImageKeyBlock
from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock


class GalleryPictureBlock(StructBlock):
    image = ImageKeyBlock(label=_("Picture"))
    caption = CharBlock(label=_("Caption"), max_length=120, required=False)


class GalleryBlock(SectionBlock):
    """A picture that was deleted leaves the others standing."""

    title = CharBlock(label=_("Title"), max_length=60, required=False)
    pictures = ListBlock(
        GalleryPictureBlock(), label=_("Pictures in their order"), min_num=2, max_num=12
    )

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.images.update(row["image"] for row in value["pictures"])

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        rows = [
            {"picture": found.pictures.get(row["image"]), "caption": row["caption"]}
            for row in value["pictures"]
        ]
        return {"pictures": [row for row in rows if row["picture"]]}

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "cms/blocks/gallery.html"
