"""Where something is and how one gets there: the venue of a fair, or a place that was written."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructValue, TextBlock

from cms.blocks.fair_facts import Venue
from cms.blocks.fair_section import FairOrWordsBlock
from cms.blocks.keys import ImageKeyBlock
from cms.blocks.reading import Found, Needs


class PlaceBlock(FairOrWordsBlock):
    written = "name"

    name = CharBlock(label=_("Name of the place"), max_length=80, required=False)
    address = CharBlock(label=_("Address"), max_length=160, required=False)
    transport = TextBlock(
        label=_("How to get there"),
        max_length=600,
        rows=4,
        required=False,
        help_text=_("One way on each line: metro, bus, car."),
    )
    image = ImageKeyBlock(
        label=_("Picture of the map"),
        required=False,
        help_text=_("Its alternative text says where the place is, as the map shows it."),
    )

    def gather(self, value: StructValue, needs: Needs) -> None:
        super().gather(value, needs)
        needs.images.add(value.get("image"))

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        filled = super().fill(value, found)
        sheet, picture = filled["sheet"], found.pictures.get(value.get("image"))
        return {**filled, "venue": sheet.venue if sheet else written(value), "picture": picture}

    class Meta:
        icon = "site"
        label = _("Map and transport")
        template = "cms/blocks/place.html"


def written(value: StructValue) -> Venue | None:
    """None for a section that waits for its fair."""
    if not value.get("name"):
        return None
    return Venue(value["name"], value["address"], value["transport"])
