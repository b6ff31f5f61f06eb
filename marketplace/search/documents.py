"""What the index keeps of an object: three texts of tokens.

The vendor's index has three columns, and rank is which of them holds the words: `title`,
`autocomplete` (names: of the category, the producer, the place, a pack) and `body` (prose).
A search field belongs to the titles by a boost of 2 or more, to the names by any other boost
or as AutocompleteField, else to the prose.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.db.models import Manager, Model
from modelsearch.index import AutocompleteField, BaseField, RelatedFields, SearchField

from marketplace.libraries import load
from marketplace.search.pinyin import sounds, syllables
from marketplace.search.words import HAS_HAN, normalise, split_words, tokens_in

TITLE, NAMES, PROSE = COLUMNS = ("title", "autocomplete", "body")
TITLE_BOOST = 2
MAX_TEXT = 20_000


def column_of(field: BaseField) -> str:
    if isinstance(field, AutocompleteField):
        return NAMES
    if not field.boost:
        return PROSE
    return TITLE if field.boost >= TITLE_BOOST else NAMES


def title_tokens(text: str) -> Iterator[str]:
    """Han pairs, Latin words, and pinyin and initials of every part of the title."""
    yield from _named(text, inside=True)


@lru_cache(maxsize=10_000)
def name_tokens(text: str) -> tuple[str, ...]:
    """The same, for parts that begin with a word: a good bears many names, mostly shared ones."""
    return tuple(_named(text, inside=False))


def _named(text: str, *, inside: bool) -> Iterator[str]:
    text = normalise(text)
    yield from tokens_in(text)
    han = [word for word in split_words(text, {}) if HAS_HAN.match(word)]
    yield from sounds(han, inside=inside)


def prose_tokens(text: str) -> Iterator[str]:
    """Han pairs, Latin words and the pinyin of words. Not their initials: among the
    sixty words of a summary any two letters would be found."""
    text = normalise(text[:MAX_TEXT])
    yield from tokens_in(text)
    for word in load("rjieba").cut(text, True):
        if len(word) > 1 and HAS_HAN.match(word):
            yield "".join(syllables(word))


TOKENS = {TITLE: title_tokens, NAMES: name_tokens, PROSE: prose_tokens}


def joined(tokens: Iterable[str]) -> str:
    """Each token once: neither place nor number of occurrences counts."""
    return " ".join(dict.fromkeys(tokens))


def _values(value: Any) -> Iterator[str]:
    """The text in whatever a search field gives."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _values(item)
    elif value not in (None, ""):
        yield str(value)


def _fields_of(obj: Any, fields: Iterable) -> Iterator[tuple[str, str]]:
    """(column, text) of every searchable field, through relations."""
    for field in fields:
        if isinstance(field, RelatedFields):
            related = field.get_value(obj)
            if isinstance(related, Manager):
                for each in related.all():
                    yield from _fields_of(each, field.fields)
            elif related is not None:
                yield from _fields_of(related, field.fields)
        elif isinstance(field, SearchField | AutocompleteField):
            for text in _values(field.get_value(obj)):
                yield column_of(field), text


def texts_of(obj: Model) -> list[str]:
    """Of an indexed object, in the order of COLUMNS; a text in several fields counts in the
    first of their columns."""
    found: dict[str, str] = {}
    for column, text in _fields_of(obj, obj.get_search_fields()):
        found[text] = min(found.get(text, column), column, key=COLUMNS.index)
    return [
        joined(
            token
            for text, its_column in found.items()
            if its_column == column
            for token in TOKENS[column](text)
        )
        for column in COLUMNS
    ]
