"""What somebody said, and who it was."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, TextBlock

from cms.blocks.section import SectionBlock


class QuoteBlock(SectionBlock):
    text = TextBlock(label=_("What was said"), max_length=200, rows=3)
    who = CharBlock(label=_("Who said it"), max_length=40)
    role = CharBlock(
        label=_("Who that is"),
        max_length=60,
        required=False,
        help_text=_("As: cellar keeper, Chahar Right Rear Banner."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"
