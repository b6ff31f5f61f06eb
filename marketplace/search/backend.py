"""Wagtail's search backend for Chinese: the vendor's for this database, with our own words.

Everything Wagtail indexes goes through it: products, pages, images, the choosers. What is
written is in documents.py, how words are understood in words.py, how they are looked up in
matching.py; the tables, their upkeep and the results are the vendor's.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string
from modelsearch import query as asked
from modelsearch.utils import get_content_type_pk

from marketplace.search.documents import COLUMNS, NAMES, PROSE, TITLE, column_of, texts_of
from marketplace.search.matching import (
    EVERYTHING,
    Condition,
    Indexed,
    all_of,
    any_of,
    has_terms,
    none_of,
    relevance,
)
from marketplace.search.synonyms import read_query

VENDORS = {
    "postgresql": "modelsearch.backends.database.postgres.postgres.SearchBackend",
    "sqlite": "modelsearch.backends.database.sqlite.sqlite.SearchBackend",
}
Vendor = import_string(VENDORS[connection.vendor])


UPSERT = (
    "INSERT INTO %(table)s (content_type_id, object_id, title_norm, %(columns)s)"
    " VALUES (%%s, %%s, 1, %(values)s)"
    " ON CONFLICT (content_type_id, object_id) DO UPDATE SET title = excluded.title,"
    " autocomplete = excluded.autocomplete, body = excluded.body"
)
# PostgreSQL gets the tokens as they are, past its parser, and in each column those of the ones
# above it too; title_text and body_text serve only the vendor's fuzzy search.
SHAPES = {
    "postgresql": {
        "columns": "title, autocomplete, body, title_text, body_text",
        "values": ", ".join(3 * ["array_to_tsvector(string_to_array(%s, ' '))"] + 2 * ["''"]),
    },
    "sqlite": {"columns": "title, autocomplete, body", "values": "%s, %s, %s"},
}


def stored_texts(obj: Model) -> list[str]:
    texts = texts_of(obj)
    if connection.vendor != "postgresql":
        return texts
    return [" ".join(filter(None, texts[: depth + 1])) for depth in range(len(texts))]


class Index(Vendor.index_class):
    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        rows = [(get_content_type_pk(model), str(obj.pk), *stored_texts(obj)) for obj in objs]
        upsert = UPSERT % {"table": self.entries.model._meta.db_table, **SHAPES[connection.vendor]}
        with self.write_connection.cursor() as cursor:
            cursor.executemany(upsert, rows)

    def _refresh_title_norms(self, full: bool = False) -> None:
        """The length of titles plays no part in our order, so no second write of every row."""


class ChineseQuery:
    """Mixin of the vendor's query compilers: Wagtail's query objects as conditions."""

    depth = PROSE
    unfinished = False

    def condition(self, query: asked.SearchQuery, depth: str, *, exact: bool = False) -> Condition:
        """A phrase is its words; boosts are ignored."""
        if isinstance(query, asked.MatchAll):
            return EVERYTHING
        if isinstance(query, asked.Not):
            return none_of(self.condition(query.subquery, PROSE))
        if isinstance(query, asked.Boost):
            return self.condition(query.subquery, depth, exact=exact)
        if isinstance(query, asked.And | asked.Or):
            join = all_of if isinstance(query, asked.And) else any_of
            return join(self.condition(each, depth, exact=exact) for each in query.subqueries)
        words = read_query(query.query_string)
        terms = (words.unfinished if self.unfinished else words).terms
        either = getattr(query, "operator", "").lower() == "or"
        return has_terms((term.exact if exact else term for term in terms), depth, either=either)

    def search(
        self,
        config: str | None,
        start: int | None,
        stop: int | None,
        score_field: str | None = None,
        backend: Any = None,
    ) -> QuerySet:
        """Title before names before prose, then by key, on either database."""
        if isinstance(self.query, asked.MatchAll):
            return self.queryset[start:stop]
        model = self.queryset.model
        depth = self.depth if self.fields is None else self.depth_of_fields()
        queryset = self.queryset.filter(Indexed(model, self.condition(self.query, depth)))
        score = relevance(
            model,
            title=self.condition(self.query, TITLE, exact=True),
            names=self.condition(self.query, NAMES),
        )
        if score_field is not None:
            queryset = queryset.annotate(**{score_field: score})
        if self.order_by_relevance:
            queryset = queryset.order_by(score.desc(), "pk")
        elif not queryset.query.order_by:
            queryset = queryset.order_by("pk")
        return queryset[start:stop]

    def depth_of_fields(self) -> str:
        """For `search(…, fields=[…])`: down to the lowest column in which such a field lies."""
        fields = [f for f in self.queryset.model.get_search_fields() if f.field_name in self.fields]
        columns = [column_of(f) for f in fields if isinstance(f, self.TARGET_SEARCH_FIELD_TYPE)]
        return max(columns, key=COLUMNS.index, default=PROSE)


class Compiler(ChineseQuery, Vendor.query_compiler_class):
    pass


class AutocompleteCompiler(ChineseQuery, Vendor.autocomplete_query_compiler_class):
    depth = NAMES
    unfinished = True


class SearchBackend(Vendor):
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
