"""Pseudonyms: drawn by lot, so that nothing follows from one, in signs that nobody mixes up."""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 7
CODE = re.compile(f"H[{ALPHABET}]{{{LENGTH}}}")


def draw_code() -> str:
    """One of 27 milliard; whoever writes it draws again when it is taken."""
    return "H" + "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
