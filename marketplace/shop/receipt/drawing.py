"""The picture of a receipt, in the hand of the site; made in the worker, never in a request.

Colours are those of css/tokens.css on a light ground, sizes are pixels. Nothing but pixels is
saved: no date, no program, no words beside the picture.
"""

from io import BytesIO

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw

from marketplace.qr import qr_modules
from marketplace.shop.receipt.poster import Poster, PosterPart
from marketplace.shop.receipt.typesetting import broken, font

WIDTH, HEIGHT, STRIP = 1080, 1440, 2400
MARGIN, INDENT, BAR, QR_SIDE, QUIET = 76, 40, 10, 216, 4
TEXT = WIDTH - 2 * MARGIN
LEADING, QUALITY = 1.5, 90
PAPER, SURFACE, INK, MUTED, LINE = "#fbf7ee", "#ffffff", "#1e2721", "#5c665f", "#e4dccb"
GRASS = "#2c6a4b"
TONES = {
    "oat": ("#c28a1e", "#7d520b"),
    "quinoa": ("#b23a48", "#7a2230"),
    "potato": ("#6e5aa8", "#463777"),
    "lamb": ("#2f6f8f", "#1b475f"),
    "near": (GRASS, "#1a4530"),
}


def draw_poster(poster: Poster) -> bytes:
    """A JPEG as wide as WIDTH and at least as high as HEIGHT."""
    sheet = Sheet()
    draw_head(sheet, poster)
    for part in poster.parts:
        draw_part(sheet, part, poster.kept_label)
    if poster.more:
        sheet.write(poster.more, "sans", 32, INK, bold=True)
        sheet.y += 40
    return sheet.finished(poster)


class Sheet:
    """A strip of paper that is written on from above, gets longer as needed, and is cut where it
    ends."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, STRIP), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.y = 0

    def reach(self, bottom: int) -> None:
        """So much paper there is at least."""
        if bottom > self.image.height:
            longer = Image.new("RGB", (WIDTH, bottom + STRIP), PAPER)
            longer.paste(self.image)
            self.image, self.pen = longer, ImageDraw.Draw(longer)

    def write(
        self,
        text: str,
        face: str,
        size: int,
        colour: str,
        *,
        left: int = MARGIN,
        width: int = TEXT,
        most: int = 3,
        bold: bool = False,
    ) -> None:
        """Lines below what is there. The faces have one weight: bold ones are drawn wider."""
        letters = font(face, size)
        for line in broken(text, letters, width, most):
            self.reach(self.y + 2 * size)
            place, stroke = (left, self.y), 1 if bold else 0
            self.pen.text(place, line, colour, letters, stroke_width=stroke, stroke_fill=colour)
            self.y += round(size * LEADING)

    def finished(self, poster: Poster) -> bytes:
        """With its foot at the end of the strip, or lower on a short one."""
        foot = Sheet()
        draw_foot(foot, poster)
        top = max(self.y, HEIGHT - foot.y)
        self.reach(top + foot.y)
        self.image.paste(foot.image.crop((0, 0, WIDTH, foot.y)), (0, top))
        saved = BytesIO()
        self.image.crop((0, 0, WIDTH, top + foot.y)).save(
            saved, "JPEG", quality=QUALITY, subsampling=0
        )
        return saved.getvalue()


def draw_head(sheet: Sheet, poster: Poster) -> None:
    with Image.open(finders.find("img/route.webp")) as road:
        height = round(road.height * WIDTH / road.width)
        sheet.image.paste(road.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS))
    sheet.y = height + 52
    sheet.write(poster.brand, "serif", 34, GRASS, bold=True)
    sheet.write(poster.title, "serif", 76, INK, bold=True)
    sheet.y += 6
    sheet.write(poster.lead, "sans", 32, MUTED)
    sheet.y += 26
    rule(sheet)
    sheet.y += 40


def draw_part(sheet: Sheet, part: PosterPart, kept_label: str) -> None:
    base, deep = TONES.get(part.colour, TONES["near"])
    top, beside = sheet.y, {"left": MARGIN + INDENT, "width": TEXT - INDENT}
    sheet.write(part.name, "serif", 44, INK, bold=True, **beside)
    sheet.write(part.place, "sans", 28, MUTED, **beside)
    sheet.y += 10
    for line in part.goods:
        sheet.write(line, "sans", 30, INK, most=2, **beside)
    sheet.y += 14
    sheet.write(kept_label, "sans", 28, MUTED, **beside)
    sheet.write(part.kept, "sans", 52, INK, bold=True, **beside)
    if part.figure:
        sheet.write(part.figure, "sans", 28, deep, **beside)
    sheet.pen.rectangle((MARGIN, top + 8, MARGIN + BAR - 1, sheet.y), fill=base)
    sheet.y += 48


def draw_foot(sheet: Sheet, poster: Poster) -> None:
    """What the figures are, and the way to where they stand."""
    words = TEXT - QR_SIDE - 48
    sheet.y = 8
    rule(sheet)
    sheet.y += 36
    top = sheet.y
    for note in poster.notes:
        sheet.write(note, "sans", 25, MUTED, width=words, most=6)
        sheet.y += 8
    left = WIDTH - MARGIN - QR_SIDE
    draw_code(sheet, poster.link, left, top)
    below, sheet.y = sheet.y, top + QR_SIDE + 14
    sheet.write(poster.link_words, "sans", 25, INK, left=left, width=QR_SIDE)
    sheet.y = max(below, sheet.y) + 48


def draw_code(sheet: Sheet, text: str, left: int, top: int) -> None:
    """Each module as many whole pixels as fit, on white with its quiet zone."""
    modules = qr_modules(text)
    number = len(modules) + 2 * QUIET
    side = QR_SIDE // number
    inset = (QR_SIDE - side * number) // 2 + QUIET * side
    box = (left, top, left + QR_SIDE - 1, top + QR_SIDE - 1)
    sheet.pen.rectangle(box, fill=SURFACE, outline=LINE)
    for row, darks in enumerate(modules):
        for column, is_dark in enumerate(darks):
            if is_dark:
                x, y = left + inset + column * side, top + inset + row * side
                sheet.pen.rectangle((x, y, x + side - 1, y + side - 1), fill=INK)


def rule(sheet: Sheet) -> None:
    sheet.pen.rectangle((MARGIN, sheet.y, WIDTH - MARGIN - 1, sheet.y + 1), fill=LINE)
    sheet.y += 2
