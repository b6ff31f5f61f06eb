"""The next fair on the home page: picture, what it is about, how long until it opens."""

from collections.abc import Set as AbstractSet
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructValue, TextBlock

from cms.blocks.keys import ImageKeyBlock
from cms.blocks.language import page_address
from cms.blocks.reading import Found, Needs
from cms.blocks.section import SectionBlock
from cms.expos.models import FairPage
from cms.expos.sheet import FairSheet


def read_next_fair(locales: AbstractSet[int], found: Found) -> FairPage | None:
    """The fair whose days are on or come next, in the language of the page that asks."""
    pages = FairPage.objects.filter(locale__in=locales).for_cards()
    page = pages.not_over(found.day).first()
    if page:
        found.needs.images.add(page.image_id)
    return page


class FairTeaserBlock(SectionBlock):
    """Nothing is shown while there is no such fair. What an editor leaves empty is the fair's."""

    title = TextBlock(
        label=_("Title"), max_length=80, rows=2, required=False, help_text=_("Empty: the fair's.")
    )
    text = TextBlock(
        label=_("Text"), max_length=300, rows=3, required=False, help_text=_("Empty: the fair's.")
    )
    image = ImageKeyBlock(label=_("Picture"), required=False, help_text=_("Empty: the fair's."))
    button = CharBlock(label=_("Words of the button"), max_length=20)

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.images.add(value["image"])
        needs.ask(read_next_fair, needs.translations_of.locale_id)

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        page = found.of(read_next_fair)
        if page is None:
            return {"page": None}
        return {
            "page": page,
            "title": value["title"] or page.headline or page.title,
            "text": value["text"] or page.introduction,
            "url": page_address(page),
            "image": found.pictures.get(value["image"] or page.image_id),
            "sheet": FairSheet(page.fair, now=timezone.now()),
        }

    class Meta:
        icon = "calendar"
        label = _("The next fair")
        template = "cms/blocks/fair_teaser.html"
