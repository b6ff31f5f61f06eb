"""Files that people hand in: looked at before anything is kept, and kept where no address leads.

A file is what its bytes say, never what its name or the browser claims. Pictures are drawn anew,
so that nothing but the picture stays: no place of taking, no script, no hidden second file.
"""

import uuid
import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES = 10 * 1024 * 1024
# Of several papers that one form takes at once.
MOST_TOGETHER = 40 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 3000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
TAIL = 2048
# What lets a PDF do more than be read.
LOCKED, ACTIVE = b"/Encrypt", (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile")


class PrivateFiles(FileSystemStorage):
    """A folder that nothing serves."""

    def url(self, name: str | None) -> str:
        raise ValueError("This file has no address of its own: a view hands it out.")


def private_storage() -> Storage:
    """Where papers lie: a view hands them out, to those who may see them."""
    return storages["private"]


def read_paper(upload: File) -> ContentFile:
    """The paper as it may be kept, under a name of our own. Raises ValidationError with words.

    PDF, or a picture (JPEG, PNG, WebP) of at most 10 MB; nothing is written anywhere.
    """
    check_size(upload)
    data = upload.read()
    if data.startswith(b"%PDF-"):
        check_pdf(data)
        return ContentFile(data, name=f"{uuid.uuid4().hex}.pdf")
    return ContentFile(redrawn(data), name=f"{uuid.uuid4().hex}.jpg")


def check_size(upload: File) -> None:
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _("This file has %(size)s MB. 10 MB are allowed: photograph it smaller, please.")
            % {"size": round(upload.size / 1024 / 1024)}
        )


def check_pdf(data: bytes) -> None:
    """Whole, open to everybody, and nothing but pages."""
    end = data[-TAIL:]
    if b"startxref" not in end or b"%%EOF" not in end:
        raise ValidationError(_("This PDF is damaged: its end is missing. Save it once more."))
    if LOCKED in data:
        raise ValidationError(_("This PDF is locked with a password. Save it without one."))
    if any(mark in data for mark in ACTIVE):
        raise ValidationError(
            _("This PDF contains a program. Print it to a new PDF, or take a photo.")
        )


def redrawn(data: bytes) -> bytes:
    """The picture upright, not larger than needed, as JPEG without anything beside it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _redrawn(data)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This is no picture and no PDF. Use a photo (JPEG, PNG, WebP) or a PDF.")
        ) from error


def _redrawn(data: bytes) -> bytes:
    with Image.open(BytesIO(data), formats=FORMATS) as source:
        if source.width * source.height > MOST_PIXELS:
            raise ValidationError(_("This picture is too large: 50 million points are allowed."))
        image = ImageOps.exif_transpose(source).convert("RGBA")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    kept = BytesIO()
    white.save(kept, "JPEG", quality=QUALITY)
    return kept.getvalue()
