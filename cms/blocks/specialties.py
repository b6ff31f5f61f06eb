"""The specialties with their pictures, taglines and how many goods each has for sale."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructValue

from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock


class SpecialtiesBlock(SectionBlock):
    title = CharBlock(label=_("Title"), max_length=60)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)
    link = CharBlock(label=_("Words of the link to the shelf"), max_length=40, required=False)
    count = IntegerBlock(default=4, min_value=1, max_value=12, label=_("How many"))

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.specialties = True

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        return {"items": found.specialties[: value["count"]]}

    class Meta:
        icon = "grid"
        label = _("Specialties")
        template = "cms/blocks/specialties.html"
