"""The editors' synonyms, read once and then kept in the cache."""

from django.core.cache import cache

from marketplace.search.models import SynonymGroup
from marketplace.search.words import PIECES, Query, Synonyms, normalise, read_words, singular

KEY = "search.synonyms"
HOUR = 3600


def synonyms() -> Synonyms:
    """Every word that has synonyms, with them; a word may stand in several groups."""
    known = cache.get(KEY)
    if known is None:
        known = _read()
        cache.set(KEY, known, HOUR)
    return known


def forget_synonyms() -> None:
    cache.delete(KEY)


def read_query(text: str) -> Query:
    """Understand a search as typed, with the synonyms of today. Never fails."""
    return read_words(text, synonyms())


def _read() -> Synonyms:
    known: dict[str, tuple[str, ...]] = {}
    for group in SynonymGroup.objects.order_by("pk").values_list("words", flat=True):
        words = [singular(word) for word in PIECES.findall(normalise(group))]
        for word in words:
            others = (other for other in words if other != word)
            known[word] = tuple(dict.fromkeys((*known.get(word, ()), *others)))
    return known
