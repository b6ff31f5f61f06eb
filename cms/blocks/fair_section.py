"""The base of sections that show a chosen fair: its days, its programme, its place, its sign-up.

All fairs that the sections of one page show are read together (see reading.py).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.choosers import FairKeyBlock
from cms.blocks.fair_facts import FairFacts
from cms.blocks.language import page_address
from cms.blocks.reading import Found, Needs
from cms.blocks.section import UNSEEN, SectionBlock
from marketplace.fairs.models import Fair


def read_fairs(asked: set[int], found: Found) -> dict[int, FairFacts]:
    """Those that the public knows of: past their draft, and with a published page. Their address is
    that of the page in the language of the page that asks, else in any."""
    now, locale = timezone.now(), found.needs.translations_of.locale_id
    facts = {}
    for fair in Fair.objects.filter(pk__in=asked).for_sections():
        pages = sorted(fair.pages.all(), key=lambda page: page.locale_id != locale)
        if pages:
            url, sessions = page_address(pages[0]), list(fair.sessions.all())
            facts[fair.pk] = FairFacts(fair, now=now, url=url, sessions=sessions)
    return facts


class FairBlock(SectionBlock):
    """While the public does not know of the fair, visitors see nothing, and editors are told."""

    fair = FairKeyBlock(
        label=_("Fair"), help_text=_("Days, hours and seats are the fair's own and follow it.")
    )

    def gather(self, value: StructValue, needs: Needs) -> None:
        if value.get("fair"):
            needs.ask(read_fairs, value["fair"])

    def facts_of(self, value: StructValue, found: Found) -> FairFacts | None:
        return found.of(read_fairs).get(value.get("fair"))

    def is_unseen(self, value: StructValue, found: Found) -> bool:
        return self.facts_of(value, found) is None

    def hint(self, value: StructValue, found: Found) -> str:
        if not self.is_unseen(value, found):
            return ""
        return gettext(
            "Visitors do not see this: the fair is a draft, has no published page, or is gone."
        )

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        return {"sheet": self.facts_of(value, found), "hint": self.hint(value, found)}

    def get_template(self, value: StructValue, context: dict | None = None) -> str:
        if self.is_unseen(value, context["found"]):
            return UNSEEN
        return super().get_template(value, context)


class FairOrWordsBlock(FairBlock):
    """Shows a chosen fair, or what an editor wrote: `written` is the field that says the most."""

    written: str

    title = CharBlock(label=_("Title"), max_length=40)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)
    fair = FairKeyBlock(
        required=False,
        label=_("Fair"),
        help_text=_("Read from the fair and follows it; empty for what you write below."),
    )

    def clean(self, value: StructValue) -> StructValue:
        """One of the two, so that nothing that was written is silently left out."""
        value = super().clean(value)
        chosen, written = bool(value.get("fair")), bool(value.get(self.written))
        if self.written in self.child_blocks and chosen == written:
            words = ValidationError(_("Choose a fair or write it yourself, one of the two."))
            raise StructBlockValidationError({self.written: words})
        return value

    def is_unseen(self, value: StructValue, found: Found) -> bool:
        return bool(value.get("fair")) and super().is_unseen(value, found)
