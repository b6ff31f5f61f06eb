"""Finding rows of any indexed model by a shopper's words.

All functions narrow or order a queryset of that model and leave it lazy; the words are read
once by `read_query`. A query without words finds nothing.
"""

from functools import reduce
from operator import add
from typing import NamedTuple

from django.db.models import Count, Model, Q, QuerySet

from marketplace.search.documents import NAMES, TITLE
from marketplace.search.matching import Indexed, any_of, has_terms, has_words, points, relevance
from marketplace.search.synonyms import read_query
from marketplace.search.words import ANY_END, Query, Term

__all__ = [
    "WordHits",
    "by_relevance",
    "find",
    "nearest",
    "read_query",
    "single_words",
    "suggest",
    "titled_like",
]

SUGGESTIONS = 8
NEAREST = 4
WORDS_LOOSENED = 3


class WordHits(NamedTuple):
    """A typed word that finds something when searched alone."""

    word: str
    count: int


def find(queryset: QuerySet, query: Query) -> QuerySet:
    """The rows that bear all the words, in no order."""
    return queryset.filter(Indexed(queryset.model, has_words(query)))


def by_relevance(queryset: QuerySet, query: Query) -> QuerySet:
    """Words as typed in the title first, then synonyms and names, then prose; equals by key."""
    score = relevance(
        queryset.model,
        title=has_words(query, TITLE, exact=True),
        names=has_words(query, NAMES),
    )
    return queryset.order_by(score.desc(), "pk")


def suggest(queryset: QuerySet, words: str, limit: int = SUGGESTIONS) -> list[Model]:
    """Rows whose title, or else a name they bear, holds what was typed so far, pinyin and
    initials included. Two queries at most; the caller picks the columns that it shows."""
    query = read_query(words).unfinished
    if not query:
        return []
    model = queryset.model
    titled = queryset.filter(Indexed(model, has_words(query, TITLE), all_wanted=False))
    rows = list(titled.order_by("pk")[:limit])
    if len(rows) < limit:
        named = queryset.filter(Indexed(model, has_words(query, NAMES), all_wanted=False))
        others = named.exclude(pk__in=[row.pk for row in rows]).order_by("pk")
        rows += others[: limit - len(rows)]
    return rows


def titled_like(model: type[Model], words: str) -> Q:
    """Rows whose title holds what was typed so far, pinyin and initials included: a condition to
    be joined to others, which words without a meaning never fulfil."""
    query = read_query(words).unfinished
    if not query:
        return Q(pk__in=[])
    return Q(Indexed(model, has_words(query, TITLE), all_wanted=False))


def nearest(queryset: QuerySet, query: Query, limit: int = NEAREST) -> QuerySet:
    """For "nothing found": rows that bear some of the words, or names that are spelt alike.

    A word counts 3, half a Han word 1; of Latin letters the longest beginning counts, so that
    yanmia still leads to yanmai.
    """
    terms = query.terms[:WORDS_LOOSENED]
    if not terms:
        return queryset.none()
    model, parts = queryset.model, [part for term in terms for part in _parts(term)]
    worth = [(has_terms([term]), 3) for term in terms] + [(has_terms([p], NAMES), 1) for p in parts]
    score = reduce(add, (points(model, each) for each in worth))
    anything = any_of([has_terms(terms, either=True), has_terms(parts, NAMES, either=True)])
    return queryset.filter(Indexed(model, anything)).order_by(score.desc(), "pk")[:limit]


def single_words(queryset: QuerySet, query: Query) -> list[WordHits]:
    """Which of several words find something alone. One query; none for a single word."""
    if len(query.terms) < 2:
        return []
    model, names = queryset.model, {f"word_{n}": term for n, term in enumerate(query.terms)}
    counts = queryset.aggregate(
        **{
            name: Count("pk", filter=Q(Indexed(model, has_terms([term]))))
            for name, term in names.items()
        }
    )
    return [WordHits(term.word, counts[name]) for name, term in names.items() if counts[name]]


def _parts(term: Term) -> list[Term]:
    """What a misspelt word may still have right: pairs or single characters of a Han word, three
    beginnings of a Latin one."""
    word = term.word
    if not word.isascii():
        pairs = term.own if len(word) > 2 else [(character + ANY_END,) for character in word]
        return [Term(word, tuple((token,) for way in pairs for token in way))]
    if not word.isalpha():
        return []
    lengths = {len(word), len(word) * 3 // 4, (len(word) + 1) // 2}
    return [Term(word, ((word[:length] + ANY_END,),)) for length in lengths if length > 1]
