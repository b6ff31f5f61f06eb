"""Chinese to Latin letters. pypinyin is large and is loaded only where it is needed."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.utils.text import slugify as django_slugify

from marketplace.libraries import load
from marketplace.search.words import INITIALS

LONGEST = 12


@lru_cache(maxsize=20_000)
def syllables(word: str) -> tuple[str, ...]:
    """燕麦 → (yan, mai); the word decides between readings."""
    return tuple(load("pypinyin").lazy_pinyin(word))


def slugify(text: str, allow_unicode: bool = False) -> str:
    """A web address in pinyin: 武川有机燕麦片 500g → wuchuan-youji-yanmaipian-500g is given by
    the words the caller separates by spaces; unseparated text becomes one word a character.

    Oscar passes `allow_unicode`; pinyin needs none.
    """
    return django_slugify("-".join(syllables(text)))


def sounds(words: Sequence[str], *, inside: bool = False) -> Iterator[str]:
    """What each word begins when a name goes on from it, in pinyin and in marked initials:
    羊肉, 卷 → yangroujuan, 0yrj, juan, 0j. A name is found by the beginning of any of them.

    `inside`: from each character on, for the dictionary parts 羔羊肉卷 as 羔羊, 肉, 卷; then
    each syllable stands by itself too.
    """
    heard: list[str] = []
    starts: list[int] = []
    for word in words:
        spoken = syllables(word)
        starts += range(len(heard), len(heard) + (len(spoken) if inside else 1))
        heard += spoken
    for start in starts:
        stretch = heard[start : start + LONGEST]
        yield "".join(stretch)
        yield INITIALS + "".join(sound[0] for sound in stretch)
    if inside:
        yield from heard
