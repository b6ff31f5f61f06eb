"""A row of stories on another page: the latest, or those that an editor chose."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, ListBlock, StructValue

from cms.blocks.cards import page_cards
from cms.blocks.choosers import CountyKeyBlock, SpecialtyKeyBlock
from cms.blocks.keys import PageKeyBlock
from cms.blocks.language import parent_address
from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock
from cms.stories.querysets import StoryRule
from cms.stories.reading import read_stories

LATEST, CHOSEN = "latest", "chosen"
MOST_STORIES = 6


class StoriesBlock(SectionBlock):
    """A row with nothing to tell is not shown."""

    title = CharBlock(label=_("Title"), max_length=60)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)
    link = CharBlock(label=_("Words of the link to all stories"), max_length=40, required=False)
    rule = ChoiceBlock(
        choices=[(LATEST, _("The latest")), (CHOSEN, _("Stories chosen below, in that order"))],
        default=LATEST,
        label=_("Which stories"),
    )
    specialty = SpecialtyKeyBlock(required=False, label=_("Only of this specialty"))
    county = CountyKeyBlock(required=False, label=_("Only from this county"))
    count = IntegerBlock(default=3, min_value=1, max_value=MOST_STORIES, label=_("How many"))
    stories = ListBlock(
        PageKeyBlock(page_type="stories.StoryPage"),
        default=[],
        min_num=0,
        max_num=MOST_STORIES,
        label=_("Chosen stories"),
    )

    def gather(self, value: StructValue, needs: Needs) -> None:
        if value["rule"] == CHOSEN:
            for key in value["stories"]:
                needs.ask(read_stories, key)
        else:
            needs.ask(read_stories, _rule(value, needs))

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        stories = found.of(read_stories)
        if value["rule"] == CHOSEN:
            rows = stories.chosen(value["stories"])
        else:
            rows = _rule(value, found.needs).pick(stories.rows)
        cards = page_cards(rows, found)
        return {"cards": cards, "all_url": parent_address(cards[0].url) if cards else ""}

    class Meta:
        icon = "list-ul"
        label = _("Row of stories")
        template = "cms/blocks/stories.html"


def _rule(value: StructValue, needs: Needs) -> StoryRule:
    locale = needs.translations_of.locale_id
    return StoryRule(value["count"], locale, value["specialty"], value["county"])
