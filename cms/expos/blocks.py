"""Sections of a fair's page. What they show comes from the rows of the fair; an editor only says
how a section is called and where it stands."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructValue

from cms.blocks.countdown import CountdownBlock
from cms.blocks.fair_section import FairBlock
from cms.blocks.place import PlaceBlock
from cms.blocks.reading import Found
from cms.blocks.section import SectionBlock
from cms.blocks.sections import article_sections
from cms.blocks.sign_up import SignUpBlock
from cms.blocks.timetable import TimetableBlock
from cms.expos.sheet import FairSheet


class OfThisFair(FairBlock):
    """Nobody chooses the fair: it is the page's, and shown as far as the page is."""

    fair = None

    def facts_of(self, value: StructValue, found: Found) -> FairSheet:
        return found.needs.translations_of.sheet

    def is_unseen(self, value: StructValue, found: Found) -> bool:
        return False


class FairSection(OfThisFair):
    title = CharBlock(label=_("Title"), max_length=40)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)


class ExhibitorsBlock(FairSection):
    count = IntegerBlock(
        default=8,
        min_value=1,
        max_value=24,
        label=_("How many"),
        help_text=_("The rest is behind a link to all exhibitors."),
    )

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        filled = super().fill(value, found)
        everybody = filled["sheet"].exhibitors
        return {**filled, "exhibitors": everybody[: value["count"]], "total": len(everybody)}

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


class HostsBlock(FairSection):
    class Meta:
        icon = "user"
        label = _("Who holds the fair")
        template = "cms/blocks/hosts.html"


class OwnCountdownBlock(OfThisFair, CountdownBlock):
    pass


class OwnTimetableBlock(OfThisFair, TimetableBlock):
    rows = None

    class Meta:
        label = _("Programme")


class OwnPlaceBlock(OfThisFair, PlaceBlock):
    name = None
    address = None
    transport = None


class SignUpFormBlock(OfThisFair, SignUpBlock):
    """The form itself, while the fair takes visitors."""

    class Meta:
        label = _("Sign-up of visitors")
        template = "cms/blocks/sign_up_form.html"


def fair_page_sections() -> list[tuple[str, SectionBlock]]:
    """Those of all pages, where the ones that show a fair show this page's, and those of fairs."""
    own = {
        "exhibitors": ExhibitorsBlock(),
        "booth_plan": BoothPlanBlock(),
        "countdown": OwnCountdownBlock(),
        "timetable": OwnTimetableBlock(),
        "place": OwnPlaceBlock(),
        "hosts": HostsBlock(),
        "sign_up": SignUpFormBlock(),
    }
    return list({**dict(article_sections()), **own}.items())
