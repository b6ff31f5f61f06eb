"""Storing the pictures that texts name, with the words that replace them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile

from cms.images.models import PageImage
from cms.images.querysets import WEBP_SPECS
from cms.images.services import make_page_renditions


def write_pictures(*, folder: Path, names: Iterable[str], texts: Iterable[Any]) -> dict[str, int]:
    """Keys by file name: of `names`, and of every picture named anywhere in `texts`.

    The words of a picture stand beside its name, so that whoever writes the one sees the other.
    A picture for phones has the words of the wide one, unless it has its own elsewhere.
    """
    rows = {
        row[name]: row
        for name in ("phone_image", "image")
        for text in texts
        for row in rows_with_image(text)
        if name in row
    }
    return {
        name: write_image(path=folder / name, alts=rows.get(name, {})) for name in (*names, *rows)
    }


def rows_with_image(text: Any) -> Iterator[Mapping]:
    """Every table that names a picture and its words, however deep it lies."""
    if isinstance(text, Mapping):
        if "image_alt" in text:
            yield text
        for value in text.values():
            yield from rows_with_image(value)
    elif isinstance(text, list):
        for value in text:
            yield from rows_with_image(value)


def write_image(*, path: Path, alts: Mapping[str, str]) -> int:
    """Known by its title, the file's name. Its WebP is made at once; AVIF takes ten times as long
    and is left to the worker, who is told of every new image."""
    image = PageImage.objects.filter(title=path.name).first()
    if image is None:
        with path.open("rb") as file:
            image = PageImage.objects.create(
                title=path.name,
                file=ImageFile(file, name=path.name),
                alt_text=alts.get("image_alt", ""),
                alt_text_en=alts.get("image_alt_en", ""),
                is_decorative=not alts,
            )
    make_page_renditions(image=image, specs=WEBP_SPECS)
    return image.pk
