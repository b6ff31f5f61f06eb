"""Reading what a person typed, and what a good is called, as the same small pieces.

Both databases must find the same goods, so nothing is left to their own word splitters: text
becomes tokens of [a-z0-9]+ or of two Han characters, which SQLite FTS5 and PostgreSQL keep as
they are. A Han word is found by its pairs of characters (燕麦片 → 燕麦, 麦片): pairs cost no look
at positions, so thousands of hits stay cheap. A single character is found as the beginning of a
pair, or at the end of a text, where it is kept by itself.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from marketplace.libraries import load
from marketplace.search.weights import in_grams

MAX_CHARACTERS = 60
MAX_WORDS = 12
MAX_RAW = 2000
ANY_END = "*"
INITIALS = "0"
FULL_PINYIN = 4
LONGEST_SYNONYM = 8
IDLE_WORDS = {*"的了和与及或", "the", "of", "and", "or", "a", "an", "for", "with", "s"}

# The Han that both databases' tables of letters know (Unicode 6.1); other scripts part words.
HAN = "㐀-䶵一-鿌"
PIECES = re.compile(rf"[a-z0-9]+|[{HAN}]+")
ACCENTS = re.compile("[\u0300-\u036f]")
HAS_HAN = re.compile(rf"[{HAN}]")

Synonyms = Mapping[str, tuple[str, ...]]
Tokens = tuple[str, ...]


class Term(NamedTuple):
    """One typed word: ways to satisfy it, each a set of tokens that must all be there, first
    those of the word itself (`own`), then those of its synonyms."""

    word: str
    own: tuple[Tokens, ...]
    others: tuple[Tokens, ...] = ()

    @property
    def exact(self) -> "Term":
        """Without synonyms."""
        return self._replace(others=())

    @property
    def beginning(self) -> "Term":
        """Of Latin letters: satisfied by whatever goes on from them, in full or in initials."""
        return self._replace(own=((self.word + ANY_END,), (INITIALS + self.word + ANY_END,)))


class Query(NamedTuple):
    """What was typed, fit to be shown, and its words; without words it finds nothing."""

    typed: str
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def unfinished(self) -> "Query":
        """As typed so far: the last word may go on (yanm…). One letter or a mere figure says
        nothing yet."""
        if not self or not self.terms[-1].word.isascii():
            return self
        *whole, last = self.terms
        if last.word.isdecimal() or len(last.word) < 2:
            return self._replace(terms=tuple(whole))
        if not last.word.isalpha():
            return self
        return self._replace(terms=(*whole, last.beginning))


def normalise(text: str) -> str:
    """Half width, simplified characters, lower case, no accents, weights in grams.

    Accepts any str: lone surrogates fall away.
    """
    text = text.encode("utf-8", "ignore").decode()
    text = unicodedata.normalize("NFKC", text).lower()
    text = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    if HAS_HAN.search(text):
        text = load("zhconv_rs").zhconv(text, "zh-hans")
    return in_grams(text)


def singular(word: str) -> str:
    """English plurals as their singular, so that oats finds oat; pinyin never ends in s."""
    if len(word) < 4 or not word.isalpha() or word.endswith("ss") or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith("oes") else word[:-1]


def tokens_of(word: str) -> Tokens:
    """To look for one word, Han or Latin."""
    if not HAS_HAN.match(word):
        return (word,)
    return tuple(a + b for a, b in pairwise(word)) or (word + ANY_END,)


def tokens_in(text: str) -> Iterator[str]:
    """To be found in normalised text."""
    for piece in PIECES.findall(text):
        if HAS_HAN.match(piece):
            yield from (a + b for a, b in pairwise(piece))
            yield piece[-1]
        else:
            yield singular(piece)


def split_han(run: str, known: Synonyms) -> Iterator[str]:
    """The words of a run of Han characters; `known` words win, stray characters stay together.

    The dictionary does not know 莜面 or 藜麦: left as single characters they would find anything
    that holds both somewhere, so neighbours are joined again.
    """
    pieces = load("rjieba").cut(run, False)
    stray, at = "", 0
    while at < len(pieces):
        length = _known_length(pieces[at : at + LONGEST_SYNONYM], known)
        if not length and len(pieces[at]) == 1:
            stray += pieces[at]
            at += 1
            continue
        if stray:
            yield stray
            stray = ""
        yield "".join(pieces[at : at + (length or 1)])
        at += length or 1
    if stray:
        yield stray


def _known_length(pieces: Sequence[str], known: Synonyms) -> int:
    """How many of the pieces, from the first on, make the longest known word."""
    lengths = range(len(pieces), 0, -1)
    return next((length for length in lengths if "".join(pieces[:length]) in known), 0)


def split_words(text: str, known: Synonyms) -> Iterator[str]:
    """The words of normalised text, in their order."""
    for piece in PIECES.findall(text):
        if HAS_HAN.match(piece):
            yield from split_han(piece, known)
        else:
            yield singular(piece)


def own_forms(word: str) -> tuple[Tokens, ...]:
    """Of Latin letters: an English word or a syllable, the beginning of initials, and from four
    letters on that of pinyin (yan must not find yang)."""
    if HAS_HAN.match(word) or not word.isalpha() or len(word) == 1:
        return (tokens_of(word),)
    in_full = word + ANY_END if len(word) >= FULL_PINYIN else word
    return ((in_full,), (INITIALS + word + ANY_END,))


def term_of(word: str, synonyms: Synonyms) -> Term:
    """The word with its synonyms; one that holds another (裸燕麦, 燕麦) adds no hit and is left
    out."""
    ways = list(own_forms(word))
    own = len(ways)
    for synonym in synonyms.get(word, ()):
        tokens = tokens_of(synonym)
        if not any(set(other) <= set(tokens) for other in ways):
            ways.append(tokens)
    return Term(word, tuple(ways[:own]), tuple(ways[own:]))


def cleaned(text: str) -> str:
    """Printable, single spaces, at most 60 characters."""
    printable = "".join(c if c.isprintable() else " " for c in text[:MAX_RAW])
    return " ".join(printable.split())[:MAX_CHARACTERS].strip()


def read_words(text: str, synonyms: Synonyms) -> Query:
    """Understand a search. Never fails; what goes past 60 characters or 12 words is cut."""
    typed = cleaned(text)
    words = list(dict.fromkeys(split_words(normalise(typed), synonyms)))
    words = [word for word in words if word not in IDLE_WORDS] or words
    return Query(typed, tuple(term_of(word, synonyms) for word in words[:MAX_WORDS]))
