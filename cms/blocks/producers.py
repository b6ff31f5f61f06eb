"""Producers: a row of them, the card of one, or cards of chosen ones."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, ListBlock, StructValue

from cms.blocks.choosers import CooperativeKeyBlock
from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock


class ProducersBlock(SectionBlock):
    title = CharBlock(label=_("Title"), max_length=60)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)
    link = CharBlock(label=_("Words of the link to the directory"), max_length=40, required=False)
    count = IntegerBlock(default=6, min_value=1, max_value=24, label=_("How many"))

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.producers = max(needs.producers, value["count"])

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        return {"cooperatives": found.producers[: value["count"]]}

    class Meta:
        icon = "group"
        label = _("Producers")
        template = "cms/blocks/producers.html"


class ProducerBlock(SectionBlock):
    cooperative = CooperativeKeyBlock(label=_("Producer"))

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.cooperatives.add(value["cooperative"])

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        return {"cooperative": found.cooperatives.get(value["cooperative"])}

    class Meta:
        icon = "user"
        label = _("One producer")
        template = "cms/blocks/producer.html"


class ProducerCardsBlock(SectionBlock):
    """Chosen producers in their order; one that was deleted leaves the row."""

    title = CharBlock(label=_("Title"), max_length=60)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)
    cooperatives = ListBlock(
        CooperativeKeyBlock(), label=_("Chosen producers"), min_num=1, max_num=12
    )

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.cooperatives.update(value["cooperatives"])

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        chosen = [found.cooperatives.get(key) for key in value["cooperatives"]]
        return {"cooperatives": [cooperative for cooperative in chosen if cooperative]}

    class Meta:
        icon = "group"
        label = _("Cards of producers")
        template = "cms/blocks/producer_cards.html"
