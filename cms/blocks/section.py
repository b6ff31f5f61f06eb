"""The base of every block that a page shows as a section of its own."""

from typing import Any

from wagtail.blocks import StructBlock, StructValue

from cms.blocks.reading import Found, Needs

UNSEEN = "cms/blocks/unseen.html"


class SectionBlock(StructBlock):
    """A section whose template reads `value`: what the editor wrote, with rows in place of keys.

    The page puts `found` into the context after every block has told its needs. `script` is the
    static file that the section needs, if any; the page names each one once.
    """

    script = ""

    def gather(self, value: StructValue, needs: Needs) -> None:
        """Tell what the section needs; one that shows only words needs nothing."""

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        """The rows for the template, by name; they take the place of the keys."""
        return {}

    def hint(self, value: StructValue, found: Found) -> str:
        """Why visitors do not see the section just now; empty while they do."""
        return ""

    def get_context(self, value: StructValue, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        context["value"] = {**value, **self.fill(value, parent_context["found"])}
        return context
