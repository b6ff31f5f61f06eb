"""What an upload must be like before it is stored, and what of it nobody else may learn."""

from io import BytesIO

from django.core.files.base import ContentFile, File
from django.db.models.fields.files import FieldFile
from PIL import Image, ImageOps

# What cameras and phones write beside the picture: place, time, device, owner.
PRIVATE = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment")
QUALITY = 95


def is_new_upload(file: FieldFile) -> bool:
    return bool(file) and not file._committed


def is_whole(file: File) -> bool:
    """False for a file that begins like a picture and does not end as one."""
    file.seek(0)
    try:
        with Image.open(file) as image:
            image.load()
    except (OSError, SyntaxError, ValueError):
        return False
    finally:
        file.seek(0)
    return True


def tells(image: Image.Image) -> bool:
    """Of a PNG every word that stands beside the picture, whatever its name."""
    words = getattr(image, "text", None)
    return bool(words) or any(image.info.get(name) for name in PRIVATE)


def without_metadata(file: File) -> ContentFile | None:
    """The same picture, upright, without what its camera wrote; None when it wrote nothing."""
    file.seek(0)
    try:
        with Image.open(file) as image:
            if not tells(image):
                return None
            buffer = BytesIO()
            upright = ImageOps.exif_transpose(image)
            profile = image.info.get("icc_profile")
            upright.info = {}
            upright.save(buffer, image.format, quality=QUALITY, icc_profile=profile)
    finally:
        file.seek(0)
    return ContentFile(buffer.getvalue(), name=file.name)
