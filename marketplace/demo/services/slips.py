"""A drawn slip that stands for evidence: plainly no bank's, and nobody's name on it."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from catalog.households.sealed_files import sealed_storage

SIZE, MARGIN, LINES = (620, 440), 36, 9
PAPER, INK, RULE = "#fbf7ee", "#1e2721", "#e4dccb"
WORDS = "DEMONSTRATION  -  NOT A PAYMENT"
SHARED = "evidence/demonstration-slip.jpg"


def draw_slip(name: str = "slip.jpg") -> ContentFile:
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    right, step = SIZE[0] - MARGIN, (SIZE[1] - 3 * MARGIN) // LINES
    pen.rectangle((MARGIN // 2, MARGIN // 2, *(side - MARGIN // 2 for side in SIZE)), outline=INK)
    pen.text((MARGIN, MARGIN), WORDS, fill=INK, font_size=24)
    for line in range(LINES):
        height = 3 * MARGIN + line * step
        pen.line((MARGIN, height, right, height), fill=RULE, width=2)
        pen.text((MARGIN, height - step + 8), f"{line + 1:02}", fill=INK, font_size=16)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return ContentFile(buffer.getvalue(), name=name)


def shared_slip() -> str:
    """The name of one file for all that nobody hands in again."""
    storage = sealed_storage()
    return SHARED if storage.exists(SHARED) else storage.save(SHARED, draw_slip())
