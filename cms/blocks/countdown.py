"""How long it is until a fair opens; on its days that it is on, and then that it is over."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

from cms.blocks.fair_section import FairBlock


class CountdownBlock(FairBlock):
    """Right on a page that a cache kept, too: the script counts on from the moment of opening."""

    script = "js/countdown.js"

    title = CharBlock(
        label=_("Title"), max_length=40, required=False, help_text=_("Empty: the fair's.")
    )

    class Meta:
        icon = "date"
        label = _("Countdown to a fair")
        template = "cms/blocks/countdown.html"
