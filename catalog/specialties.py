"""Writing specialties: their names, words, picture, colour and order."""

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.claims import claim_words
from catalog.models import Category
from catalog.portraits import put_picture
from marketplace.pictures import Colour
from marketplace.search.pinyin import slugify

LONGEST_SLUG = 60

Values = dict[str, str] | None


class Texts(NamedTuple):
    """What a shopper reads of a specialty, and the colour that its cards bear."""

    name: str
    name_en: str
    tagline: str
    tagline_en: str
    description: str
    description_en: str
    colour: Colour


@transaction.atomic
def write_specialty(
    *, pk: int | None, texts: Texts, photo: bytes | None
) -> tuple[Category, Values, Values]:
    """Add one at the end, or change one; returns it with its values before and after, by field.

    Before, a new one has none. No photo: the present picture stays. Its address stays too,
    whatever its name becomes. Raises ValidationError by field, Category.DoesNotExist; then
    nothing of the photo is kept.
    """
    roots = locked_roots()
    if pk is not None and pk not in roots:
        raise Category.DoesNotExist
    category = roots.pop(pk, None)
    check(texts, roots.values())
    before = values_of(category) if category else None
    if category is None:
        slug = free_slug(texts.name, roots.values())
        category = Category.add_root(slug=slug, **texts._asdict())
    else:
        for name, value in texts._asdict().items():
            setattr(category, name, value)
        category.save(update_fields=texts._fields)
    if photo is not None:
        put_picture(row=category, photo=photo)
    return category, before, values_of(category)


@transaction.atomic
def move_specialty(*, pk: int, up: bool) -> bool:
    """Change places with the neighbour; False when there is none, and nothing has moved."""
    roots = locked_roots()
    if pk not in roots:
        raise Category.DoesNotExist
    order = sorted(roots.values(), key=lambda root: root.path)
    place = order.index(roots[pk])
    neighbour = place - 1 if up else place + 1
    if not 0 <= neighbour < len(order):
        return False
    roots[pk].move(order[neighbour], "left" if up else "right")
    return True


def locked_roots() -> dict[int, Category]:
    """By key: specialties are written one at a time, as their order and names are of them all."""
    roots = Category.objects.filter(depth=1).select_for_update(no_key=True).order_by("pk")
    return {root.pk: root for root in roots}


def check(texts: Texts, others: Iterable[Category]) -> None:
    errors = {
        name: words
        for name, text in texts._asdict().items()
        if name != "colour" and (words := claim_words([text]))
    }
    if texts.name in {other.name for other in others}:
        errors["name"] = [_("There is a specialty of this name already.")]
    if errors:
        raise ValidationError(errors)


def free_slug(name: str, others: Iterable[Category]) -> str:
    """The shop's filters name a specialty by it."""
    taken = {other.slug for other in others}
    slug = slugify(name)[:LONGEST_SLUG].strip("-") or "specialty"
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def values_of(category: Category) -> dict[str, str]:
    """What a change of it may change; the picture by its name."""
    picture = category.coming or (category.image.name if category.image else "")
    return {**texts_of(category)._asdict(), "picture": picture}


def texts_of(category: Category) -> Texts:
    return Texts(**{name: getattr(category, name) for name in Texts._fields})
