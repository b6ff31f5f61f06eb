"""Renditions: made once when a picture is uploaded, kept as rows of name and size.

A page then shows a picture without opening a file or asking the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

GOODS_WIDTHS = (240, 480, 800)
BADGE_WIDTHS = (96, 240, 480)
QUALITY = 80


class Colour(models.TextChoices):
    """Each specialty owns a colour; its neighbours share one."""

    OAT = "oat", _("Oat gold")
    QUINOA = "quinoa", _("Quinoa red")
    POTATO = "potato", _("Potato violet")
    LAMB = "lamb", _("Lamb blue")
    NEAR = "near", _("Grass green")


@dataclass(frozen=True)
class Picture:
    """What an <img> needs: the largest size as `src`, all sizes as `srcset`, CSS pixels.

    `avif_srcset` holds the same sizes for browsers that know AVIF; empty where there are none.
    `credit` names who made it.
    """

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    avif_srcset: str = ""
    credit: str = ""


def make_renditions(file: BinaryIO, widths: Iterable[int] = GOODS_WIDTHS) -> list[dict]:
    """Save WebP copies of each width (never enlarged) beside the upload.

    Returns rows {"name", "width", "height"}, smallest first. Metadata such as GPS is dropped.
    """
    with Image.open(file) as source:
        image = ImageOps.exif_transpose(source)
        image = image.convert("RGBA" if "A" in image.getbands() else "RGB")
    stem = PurePath(file.name).with_suffix("")
    return [_save(image, stem, width) for width in sorted({min(w, image.width) for w in widths})]


def _save(image: Image.Image, stem: PurePath, width: int) -> dict:
    height = round(image.height * width / image.width)
    buffer = BytesIO()
    image.resize((width, height), Image.Resampling.LANCZOS).save(buffer, "WEBP", quality=QUALITY)
    name = default_storage.save(f"{stem}.{width}.webp", ContentFile(buffer.getvalue()))
    return {"name": name, "width": width, "height": height}


def picture_of(
    renditions: list[dict], alt: str, avif: Iterable[dict] = (), credit: str = ""
) -> Picture | None:
    if not renditions:
        return None
    largest = renditions[-1]
    return Picture(
        src=default_storage.url(largest["name"]),
        srcset=srcset_of(renditions),
        width=largest["width"],
        height=largest["height"],
        alt=alt,
        avif_srcset=srcset_of(avif),
        credit=credit,
    )


def srcset_of(renditions: Iterable[dict]) -> str:
    return ", ".join(f"{default_storage.url(row['name'])} {row['width']}w" for row in renditions)
