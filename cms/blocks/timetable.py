"""What happens when and where: the programme of a fair as it is now, or rows that were written."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock, ListBlock, StructBlock, StructValue, TimeBlock

from cms.blocks.fair_facts import Item, ProgrammeDay, by_day, clock
from cms.blocks.fair_section import FairOrWordsBlock
from cms.blocks.reading import Found


class RowBlock(StructBlock):
    day = DateBlock(
        label=_("Day"), required=False, help_text=_("Rows of one day stand together under it.")
    )
    time = TimeBlock(label=_("Begins at"))
    what = CharBlock(label=_("What"), max_length=60)
    where = CharBlock(label=_("Where"), max_length=40, required=False)


class TimetableBlock(FairOrWordsBlock):
    """A fair without a programme yet has no timetable."""

    written = "rows"

    rows = ListBlock(
        RowBlock(), default=[], min_num=0, max_num=40, label=_("Rows, when no fair is chosen")
    )

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        filled = super().fill(value, found)
        sheet = filled["sheet"]
        return {**filled, "days": sheet.programme if sheet else self.written_days(value)}

    def written_days(self, value: StructValue) -> list[ProgrammeDay]:
        return by_day(
            (row["day"], Item(clock(row["time"]), row["what"], row["where"]))
            for row in value.get("rows") or ()
        )

    class Meta:
        icon = "time"
        label = _("Timetable")
        template = "cms/blocks/timetable.html"
