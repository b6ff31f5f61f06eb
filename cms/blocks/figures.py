"""Figures, never without where they come from and the day that they hold for."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, DateBlock, ListBlock, StructBlock

from cms.blocks.section import SectionBlock


class FigureBlock(StructBlock):
    number = CharBlock(
        label=pgettext_lazy("figure", "Number"), max_length=20, help_text=_("As: 1,380 or 3.2")
    )
    unit = CharBlock(label=_("Unit"), max_length=20, required=False)
    label = CharBlock(label=_("What is counted"), max_length=60)
    source = CharBlock(
        label=_("Source"),
        max_length=80,
        help_text=_("Who counted it: an office, a yearbook, our own accounts."),
    )
    as_of = DateBlock(label=_("As of"), help_text=_("The day that the figure holds for."))


class FiguresBlock(SectionBlock):
    title = CharBlock(label=_("Title"), max_length=60)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)
    figures = ListBlock(FigureBlock(), label=_("Figures"), min_num=1, max_num=6)

    class Meta:
        icon = "decimal"
        label = _("Figures")
        template = "cms/blocks/figures.html"
