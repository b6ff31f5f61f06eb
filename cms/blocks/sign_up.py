"""The way to a fair's sign-up from any page; it says when there is none yet, or none any more."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, TextBlock

from cms.blocks.fair_section import FairBlock


class SignUpBlock(FairBlock):
    title = CharBlock(label=_("Title"), max_length=40)
    text = TextBlock(label=_("Text"), max_length=300, rows=3, required=False)

    class Meta:
        icon = "form"
        label = _("Sign-up for a fair")
        template = "cms/blocks/sign_up.html"
