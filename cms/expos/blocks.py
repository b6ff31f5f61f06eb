"""Sections of a fair's page. What they show comes from the rows of the fair; an editor only says
how a section is called and where it stands."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructValue, TextBlock

from cms.blocks.section import SectionBlock
from cms.expos.sheet import FairSheet


class FairSection(SectionBlock):
    """The page puts the fair's `sheet` into the context."""

    title = CharBlock(label=_("Title"), max_length=40)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)

    def get_context(self, value: StructValue, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        sheet = parent_context["sheet"]
        context["value"] = {**context["value"], **self.show(value, sheet)}
        return {**context, "sheet": sheet}

    def show(self, value: StructValue, sheet: FairSheet) -> dict[str, Any]:
        """The rows of the fair for the template, by name."""
        return {}


class ExhibitorsBlock(FairSection):
    count = IntegerBlock(
        default=8,
        min_value=1,
        max_value=24,
        label=_("How many"),
        help_text=_("The rest is behind a link to all exhibitors."),
    )

    def show(self, value: StructValue, sheet: FairSheet) -> dict[str, Any]:
        everybody = sheet.exhibitors
        return {"exhibitors": everybody[: value["count"]], "total": len(everybody)}

    class Meta:
        icon = "group"
        label = _("Exhibitors")
        template = "cms/blocks/exhibitors.html"


class BoothPlanBlock(FairSection):
    aisle = CharBlock(
        label=_("Words on the aisle"),
        max_length=40,
        required=False,
        help_text=_("What lies between the rows, such as a tasting table."),
    )

    class Meta:
        icon = "grid"
        label = _("Plan of the booths")
        template = "cms/blocks/booth_plan.html"


class TimetableBlock(FairSection):
    class Meta:
        icon = "time"
        label = _("Programme")
        template = "cms/blocks/timetable.html"


class PlaceBlock(FairSection):
    class Meta:
        icon = "site"
        label = _("Place and transport")
        template = "cms/blocks/place.html"


class HostsBlock(FairSection):
    class Meta:
        icon = "user"
        label = _("Who holds the fair")
        template = "cms/blocks/hosts.html"


class SignUpBlock(FairSection):
    text = TextBlock(label=_("Text"), max_length=300, rows=3, required=False)
    lead = None

    class Meta:
        icon = "form"
        label = _("Sign-up of visitors")
        template = "cms/blocks/sign_up.html"
