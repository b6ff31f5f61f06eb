"""The next fair on the home page: picture, what it is about, how long until it opens."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructValue, TextBlock

from cms.blocks.keys import ImageKeyBlock
from cms.blocks.language import page_address
from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock
from cms.expos.models import FairPage
from cms.expos.sheet import FairSheet


class FairTeaserBlock(SectionBlock):
    """Shows the fair whose days are on or come next, and nothing while there is none."""

    title = TextBlock(label=_("Title"), max_length=80, rows=2)
    text = TextBlock(label=_("Text"), max_length=300, rows=3, required=False)
    image = ImageKeyBlock(label=_("Picture"))
    button = CharBlock(label=_("Words of the button"), max_length=20)

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.images.add(value["image"])

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        page = FairPage.objects.in_language(get_language()).for_cards().not_over(found.day).first()
        if page is None:
            return {"page": None}
        sheet = FairSheet(page.fair, now=timezone.now())
        picture = found.pictures.get(value["image"])
        return {"page": page, "url": page_address(page), "image": picture, "sheet": sheet}

    class Meta:
        icon = "calendar"
        label = _("The next fair")
        template = "cms/blocks/fair_teaser.html"
