"""Choosers whose value is the key of the chosen row, not the row.

A page with ten choosers then asks the database once for all of them (see reading.py), and
not once for each field of each kind of block.
"""

from collections.abc import Iterable
from typing import Any

from wagtail.admin.compare import BlockComparison
from wagtail.blocks import ChooserBlock, PageChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class KeyChooserBlock(ChooserBlock):
    def to_python(self, value: int | None) -> int | None:
        return value

    def bulk_to_python(self, values: Iterable[int | None]) -> list[int | None]:
        return list(values)

    def get_prep_value(self, value: int | None) -> int | None:
        return value

    def normalize(self, value: Any) -> int | None:
        return getattr(value, "pk", value)

    def value_from_form(self, value: Any) -> int | None:
        return getattr(value, "pk", value)

    def extract_references(self, value: int | None) -> Iterable[tuple]:
        if value is not None:
            yield self.model_class, str(value), "", ""

    def get_comparison_class(self) -> type[BlockComparison]:
        return BlockComparison

    def render_basic(self, value: int | None, context: dict | None = None) -> str:
        """For comparing two versions in the admin; pages never show a bare chooser."""
        return str(self.model_class.objects.filter(pk=value).first() or "")


class ImageKeyBlock(KeyChooserBlock, ImageChooserBlock):
    pass


class PageKeyBlock(KeyChooserBlock, PageChooserBlock):
    pass
