"""Links of the navigation, the footer and the legal line, in both languages."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructBlock

from cms.blocks.link import LinkBlock, LinkValue
from marketplace.pictures import Colour


class ChromeLinkValue(LinkValue):
    def resolve(self, addresses: Mapping[int, str]) -> dict[str, str]:
        link = super().resolve(addresses)
        if get_language() == "en" and self["label_en"]:
            link["label"] = self["label_en"]
        return link


class ChromeLinkBlock(LinkBlock):
    label = CharBlock(label=_("Words"), max_length=40)
    label_en = CharBlock(label=_("Words in English"), max_length=60, required=False)

    class Meta:
        value_class = ChromeLinkValue
        label = _("Link")


class NavigationValue(ChromeLinkValue):
    def resolve(self, addresses: Mapping[int, str]) -> dict[str, str]:
        return {**super().resolve(addresses), "colour": self["colour"]}


class NavigationBlock(ChromeLinkBlock):
    colour = ChoiceBlock(choices=Colour.choices, default=Colour.NEAR, label=_("Colour"))

    class Meta:
        value_class = NavigationValue


class FooterColumnBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=20)
    title_en = CharBlock(label=_("Title in English"), max_length=40, required=False)
    links = ListBlock(ChromeLinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
