"""QR codes as paths of an SVG: sharp on any printer, without a picture to fetch."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

import qrcode
from qrcode.constants import ERROR_CORRECT_M


class QrCode(NamedTuple):
    """`path` is drawn in a square of `size` modules; `box` has the quiet zone around it."""

    text: str
    size: int
    path: str

    @property
    def box(self) -> str:
        return f"-4 -4 {self.size + 8} {self.size + 8}"


def qr_modules(text: str) -> list[list[bool]]:
    """Row by row, which modules are dark, without the quiet zone.

    With error correction M (15 %), which survives a scratched label.
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    return code.get_matrix()


def qr_code(text: str) -> QrCode:
    modules = qr_modules(text)
    path = "".join(bar for y, row in enumerate(modules) for bar in bars_of(row, y))
    return QrCode(text, len(modules), path)


def bars_of(row: Iterable[bool], y: int) -> Iterator[str]:
    """Neighbouring dark modules of a row as one bar each."""
    x = 0
    for is_dark, modules in groupby(row):
        width = len(list(modules))
        if is_dark:
            yield f"M{x} {y}h{width}v1h-{width}z"
        x += width
