"""Photos as phones send them, made fit to be shown: upright, without where and when, not too large.

What is kept is drawn anew from the pixels: whatever else the file held is gone.
"""

import warnings
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_EDGE = 2400
SHORTEST_EDGE = 400
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 88


class PhotoRefused(Exception):
    """`words` say why in the reader's language; nothing was stored."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def clean_photo(file: BinaryIO) -> bytes:
    """A JPEG of what the photo shows. Raises PhotoRefused.

    The kind is read from the content, not from the name. The number of pixels is read from the
    head before any is unpacked, so that a small file cannot fill the memory.
    """
    if file.size > MOST_BYTES:
        words = _("The photo is too large: at most %(most)s MB.")
        raise PhotoRefused(words % {"most": MOST_BYTES // 1024**2})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return redrawn(file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PhotoRefused(too_many_pixels()) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        words = _("This is not a photo that can be read. JPEG, PNG and WebP are taken.")
        raise PhotoRefused(words) from broken


def redrawn(file: BinaryIO) -> bytes:
    with Image.open(file, formats=FORMATS) as source:
        width, height = source.size
        if width * height > MOST_PIXELS:
            raise PhotoRefused(too_many_pixels())
        if min(width, height) < SHORTEST_EDGE:
            words = _("The photo is too small: at least %(least)s pixels on each side.")
            raise PhotoRefused(words % {"least": SHORTEST_EDGE})
        source.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        image = ImageOps.exif_transpose(source)
        image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", image.size, "white")
    shown = (
        image.convert("RGBA") if "A" in image.getbands() or "transparency" in image.info else None
    )
    plain.paste(shown or image.convert("RGB"), mask=shown)
    buffer = BytesIO()
    plain.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def too_many_pixels() -> str:
    words = _("The photo has too many pixels: at most %(most)s million.")
    return words % {"most": MOST_PIXELS // 1_000_000}
