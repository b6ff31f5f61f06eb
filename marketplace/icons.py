"""Lucide's icons in templates: drawn once in each process, because a page shows dozens of them."""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide as draw

register = template.Library()


@register.simple_tag
def lucide(name: str, **attributes: str) -> SafeString:
    """<svg>; attributes as lucide's own tag takes them, written out in the template."""
    return drawn(name, tuple(attributes.items()))


@lru_cache(maxsize=256)
def drawn(name: str, attributes: tuple[tuple[str, str], ...]) -> SafeString:
    return draw(name, **dict(attributes))
