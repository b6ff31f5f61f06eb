"""A link to a page of this site or to any address."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RegexBlock, StructBlock, StructValue

from cms.blocks.keys import PageKeyBlock
from cms.blocks.language import translate_address

# A path on this site, or a whole address; nothing that a browser would run.
ADDRESS = r"^(/[^/\\]|/$|https://|mailto:|tel:).*$"


class LinkValue(StructValue):
    def resolve(self, addresses: Mapping[int, str]) -> dict[str, str]:
        """Label and address in the active language; the address is empty while the page is
        not published."""
        if self["page"]:
            url = addresses.get(self["page"], "")
        else:
            url = translate_address(self["url"], get_language())
        return {"label": self["label"], "url": url}


class LinkBlock(StructBlock):
    label = CharBlock(label=_("Words"), max_length=40, required=False)
    page = PageKeyBlock(label=_("Page"), required=False)
    url = RegexBlock(
        ADDRESS,
        label=_("Or address"),
        required=False,
        help_text=_("As /shop/ or https://…; only when no page is chosen."),
        error_messages={"invalid": _("Start with / or https://, or choose a page.")},
    )

    class Meta:
        icon = "link"
        value_class = LinkValue
