"""Regions in words."""

from collections.abc import Iterable

from django.utils.translation import get_language

from catalog.origins.models import Region


def place_words(regions: Iterable[Region]) -> str:
    """An address of regions, the widest first in Chinese and last in English."""
    names = [region.name_text for region in regions]
    return ", ".join(reversed(names)) if get_language() == "en" else "".join(names)
