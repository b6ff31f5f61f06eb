"""English beside Chinese: a model keeps `title` and `title_en`; readers ask for one of them."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def localised(instance: models.Model, field: str) -> str:
    """The field's English text on English pages when there is one, else the Chinese text."""
    if get_language() == "en":
        return getattr(instance, f"{field}_en") or getattr(instance, field)
    return getattr(instance, field)


def localised_property(field: str) -> property:
    """`localised` of that field, as an attribute of its model."""
    return property(lambda instance: localised(instance, field))


def listing(names: Iterable[object]) -> str:
    """Names one after another, as the language joins them."""
    return _(", ").join(map(str, names))
