"""The committed art as uploads: each picture is stored and rendered once."""

from collections.abc import Sequence
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from marketplace.demo.reading import ART
from marketplace.pictures import GOODS_WIDTHS, make_renditions


def upload(art: str, folder: str, widths: Sequence[int] = GOODS_WIDTHS) -> tuple[str, list[dict]]:
    """Put one picture of art/ into the uploads; returns its name and its renditions.

    The name carries a digest of the content: known content is not rendered again, new
    content never hides behind an old name. The art itself serves as the largest size.
    """
    content = (ART / art).read_bytes()
    stem = f"{folder}/{art.removesuffix('.webp')}-{sha256(content).hexdigest()[:8]}"
    name = f"{stem}.webp"
    with Image.open(ART / art) as image:
        full, height = image.size
    smaller = [width for width in widths if width < full]
    rows = [
        {"name": f"{stem}.{width}.webp", "width": width, "height": round(height * width / full)}
        for width in smaller
    ]
    if not all(default_storage.exists(each) for each in (name, *(row["name"] for row in rows))):
        _store(content, name, rows)
    return name, [*rows, {"name": name, "width": full, "height": height}]


def _store(content: bytes, name: str, rows: list[dict]) -> None:
    for stale in (name, *(row["name"] for row in rows)):
        default_storage.delete(stale)
    default_storage.save(name, ContentFile(content))
    make_renditions(ContentFile(content, name=name), [row["width"] for row in rows])
