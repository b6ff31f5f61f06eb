"""Words that a good's texts may not hold: superlatives, health claims, the state's name.

Which words these are is data (data/claims.toml, with the law of each). They are found however
they are spaced, in full or half width, and in traditional characters.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from marketplace.libraries import load
from marketplace.search.words import HAS_HAN

# Of the kinds, what no page may say; rules and help must be able to name an authority.
ON_PAGES = frozenset({"superlative", "health"})
CLAIMS_TOML = Path(__file__).parent / "data" / "claims.toml"


class Claim(NamedTuple):
    """A word as the list has it, of which kind, and the law that forbids it."""

    word: str
    kind: str
    law: str

    @property
    def words(self) -> str:
        """What is said beside the field."""
        reasons = {
            "superlative": _("a superlative"),
            "health": _("a health claim"),
            "state": _("leans on the state"),
            "additive": _("boasts of what is not in it"),
            "pity": _("asks for pity, not for a buyer"),
        }
        return _("“%(word)s” is %(reason)s (%(law)s). Please say it in another way.") % {
            "word": self.word,
            "reason": reasons[self.kind],
            "law": self.law,
        }


def find_claims(text: str) -> list[Claim]:
    """Every word of the list that the text holds, once each, a longer one in place of its part."""
    plain = simplified(unicodedata.normalize("NFKC", text)).casefold()
    han = "".join(letter for letter in plain if letter.isalnum() or letter == "%")
    for harmless in harmless_words():
        han = han.replace(harmless, "·")
    found = [
        claim
        for group in groups()
        for word in group["words"]
        if holds(plain, han, word.casefold())
        for claim in [Claim(word, group["kind"], group["law"])]
    ]
    return [
        claim
        for claim in found
        if not any(claim.word != other.word and claim.word in other.word for other in found)
    ]


def holds(plain: str, han: str, word: str) -> bool:
    """Latin words as whole words; Chinese however it is spaced."""
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", plain) is not None
    return word in han


def claim_words(texts: Iterable[str]) -> list[str]:
    """What is said of these texts, each word once."""
    return list(dict.fromkeys(claim.words for text in texts for claim in find_claims(text)))


def simplified(text: str) -> str:
    """The tables of the other characters are large: loaded when somebody first writes Chinese."""
    return load("zhconv_rs").zhconv(text, "zh-hans") if HAS_HAN.search(text) else text


def page_claim_words(text: str) -> list[str]:
    """What is said of a text of a page."""
    return [claim.words for claim in find_claims(text) if claim.kind in ON_PAGES]


@cache
def harmless_words() -> list[str]:
    return [word for group in groups() for word in group.get("except", ())]


@cache
def groups() -> list[dict]:
    return tomllib.loads(CLAIMS_TOML.read_text(encoding="utf-8"))["group"]
