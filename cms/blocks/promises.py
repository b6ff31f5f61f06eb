"""What the shop promises, side by side."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from cms.blocks.section import SectionBlock


class PromiseBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=40)
    text = CharBlock(label=_("Text"), max_length=120)


class PromisesBlock(SectionBlock):
    promises = ListBlock(PromiseBlock(), label=_("Promises"), max_num=4)

    class Meta:
        icon = "check"
        label = _("Promises")
        template = "cms/blocks/promises.html"
