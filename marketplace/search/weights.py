"""Weights and volumes as shoppers write them: 5斤, 2.5 kg, 500克, 两公斤, 1L."""

import re
from decimal import Decimal

UNITS = {
    "kg": (1000, "g"),
    "公斤": (1000, "g"),
    "千克": (1000, "g"),
    "市斤": (500, "g"),
    "斤": (500, "g"),
    "两": (50, "g"),
    "克": (1, "g"),
    "g": (1, "g"),
    "毫升": (1, "ml"),
    "ml": (1, "ml"),
    "升": (1000, "ml"),
    "l": (1000, "ml"),
}
NUMERALS = dict(zip("半一二两三四五六七八九十", ("0.5", *"1223456789", "10"), strict=True))

FIGURES = re.compile(
    rf"(?<![\d.])(\d{{1,6}}(?:\.\d{{1,3}})?)\s*({'|'.join(UNITS)})(?![a-z])装?", re.ASCII
)
IN_CHARACTERS = re.compile(
    rf"(?<![{''.join(NUMERALS)}百])([{''.join(NUMERALS)}])(公斤|千克|市斤|斤)装?"
)


def _plain(match: re.Match) -> str:
    figure, unit = match.groups()
    factor, base = UNITS[unit]
    return f" {int(Decimal(NUMERALS.get(figure, figure)) * factor)}{base} "


def in_grams(text: str) -> str:
    """Every weight in grams and every volume in millilitres as one token: 2.5kg, 5斤 → 2500g.

    `text` is lower case and half width.
    """
    return IN_CHARACTERS.sub(_plain, FIGURES.sub(_plain, text))
