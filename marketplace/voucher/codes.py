"""Codes as people type them."""

import re
import unicodedata

MOST_CHARACTERS = 40
WRITTEN = re.compile(rf"[A-Z0-9\u4e00-\u9fff-]{{3,{MOST_CHARACTERS}}}")


def normalise_code(text: str) -> str:
    """ysj 20, ＹＳＪ２０ and "YSJ20 " → YSJ20; invisible characters are left out too."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in folded if character.isprintable()).replace(" ", "")


def is_code(text: str) -> bool:
    """Whether a voucher may have this code: capitals, digits, Han characters and hyphens."""
    return WRITTEN.fullmatch(text) is not None
