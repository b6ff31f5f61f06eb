"""QR codes as inline pictures, which the content security policy lets in."""

from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

# Modules of white around it, as ISO/IEC 18004 wants.
QUIET = 4


def qr_svg(text: str, label: str) -> SafeString:
    """A picture that scales, black on white in dark mode too; `label` is what is read out."""
    code = QRCode(border=QUIET, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    matrix = code.get_matrix()
    return format_html(
        '<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="QR {label}" '
        'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        '<path fill="#000" d="{path}"/></svg>',
        size=len(matrix),
        label=label,
        path="".join(run for y, row in enumerate(matrix) for run in runs_of(row, y)),
    )


def runs_of(row: list[bool], y: int) -> list[str]:
    """Neighbouring black modules of a row as one bar each."""
    bars, x = [], 0
    for is_black, modules in groupby(row):
        width = len(list(modules))
        if is_black:
            bars.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return bars
