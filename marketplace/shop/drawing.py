"""Pieces of pages drawn once for each set of values that they show.

The template sees one value alone, and that value is the key: what looks alike shares one piece of
HTML, and whatever changes makes another one. So nothing ever has to be forgotten. Each process
keeps its own.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 4096  # of 1 to 3 kB each


def draw(template: str, name: str, value: Hashable) -> SafeString:
    """`value` stands in the template as `name`; it must be plain values all through, no rows."""
    return drawn(template, name, value, get_language())


@lru_cache(maxsize=KEPT)
def drawn(template: str, name: str, value: Hashable, language: str) -> SafeString:
    """In `language`, which must be the active one."""
    return get_template(template).render({name: value})
