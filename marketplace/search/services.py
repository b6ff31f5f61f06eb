"""Writing to the search: synonyms to begin with, and the index in bulk."""

import tomllib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import Model
from modelsearch.backends import get_search_backend

from marketplace.search.models import SynonymGroup
from marketplace.search.synonyms import forget_synonyms

SYNONYMS_TOML = Path(__file__).parent / "data" / "synonyms.toml"
BATCH = 500


@transaction.atomic
def load_synonyms() -> int:
    """Give an empty table its first synonyms; what editors made of them is left alone."""
    if SynonymGroup.objects.exists():
        return 0
    groups = tomllib.loads(SYNONYMS_TOML.read_text(encoding="utf-8"))["groups"]
    SynonymGroup.objects.bulk_create(SynonymGroup(words=" ".join(words)) for words in groups)
    forget_synonyms()
    return len(groups)


def index_objects(*, model: type[Model], pks: Iterable[int]) -> int:
    """Bring the index up to date for these rows of an indexed model; returns how many.

    For what sends no signal, as bulk_create, and for rows that bear the words of a changed one
    (a good those of its packs, categories, maker). Runs pypinyin: in commands and tasks, not in
    a request.
    """
    backend = get_search_backend()
    waiting, count = iter(pks), 0
    while batch := list(islice(waiting, BATCH)):
        # In pk order: two workers that index the same rows at once cannot deadlock.
        objects = list(model.get_indexed_objects().filter(pk__in=batch).order_by("pk"))
        backend.add_bulk(model, objects)
        count += len(objects)
    return count
