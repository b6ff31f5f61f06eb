"""Setting Chinese and English text on a picture: fonts, and where lines break."""

import re
from collections.abc import Iterator
from functools import lru_cache

from PIL import ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

FACES = {"serif": serif_path, "sans": sans_path}
# Words and figures stay whole; of Chinese, a line may break after any character.
PIECES = re.compile(r"\s+|[^\s\u2e80-\u9fff\uff00-\uffef]+|.")
NEVER_FIRST = "，。、；：！？）」』》”’…—·"
ELLIPSIS = "…"


@lru_cache(maxsize=32)
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """Read from the disk when first drawn with, and then kept by the process that draws."""
    return ImageFont.truetype(str(FACES[face]()), size)


def broken(text: str, face: ImageFont.FreeTypeFont, width: int, most: int = 9) -> list[str]:
    """The text in at most so many lines that are no wider; what is left out ends in …"""
    lines = list(lines_of(text, face, width))
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and face.getlength(last + ELLIPSIS) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + ELLIPSIS]


def lines_of(text: str, face: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for piece in pieces_of(text, face, width):
        if line and face.getlength((line + piece).rstrip()) > width and piece not in NEVER_FIRST:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield line.rstrip()


def pieces_of(text: str, face: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """A word that is wider than a line is cut where it has to be."""
    for piece in PIECES.findall(text):
        if face.getlength(piece) <= width:
            yield piece
        else:
            yield from piece
