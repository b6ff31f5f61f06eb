"""What a door reads: the address in a QR code, its code alone, or the number that is typed."""

import re
import unicodedata
from typing import NamedTuple

LONGEST = 300
ADDRESS = re.compile(r"/tickets/([A-Za-z0-9_-]{16,32})/?\Z")
CODE = re.compile(r"[A-Za-z0-9_-]{16,32}\Z")
NUMBER = re.compile(r"[0-9]{8}\Z")
SEPARATORS = str.maketrans("", "", " -\t\r\n")


class Reading(NamedTuple):
    """One of both, or neither for what can be no ticket."""

    code: str = ""
    number: str = ""


def parse_reading(text: str) -> Reading:
    """Hand scanners type whole addresses; people type ９１２３ ４５６７ in their own way."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    if address := ADDRESS.search(text):
        return Reading(code=address[1])
    digits = text.translate(SEPARATORS)
    if NUMBER.match(digits):
        return Reading(number=digits)
    return Reading(code=text) if CODE.match(text) else Reading()
