"""Words as conditions on the index, for either database.

The conditions are written as SQL: a page counts and sorts the same goods several times, and
composing them of nested querysets took longer than running them.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Case, Expression, F, IntegerField, Model, Q, Value, When
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from marketplace.search.documents import COLUMNS, PROSE
from marketplace.search.words import ANY_END, Query, Term

FTS_MATCH = "id IN (SELECT rowid FROM %(table)s WHERE %(table)s MATCH %%s)"

# PostgreSQL keeps columns this wide apart from their rows and does not reckon what fetching them
# costs: left alone it reads those of every row rather than ask the index. This holds always and
# is never computed, for its argument is NULL; but it is reckoned dear, and so the index wins.
DEAR = " AND to_tsvector('simple'::regconfig, NULLIF(object_id, object_id)) IS NULL"


class Dialect(NamedTuple):
    """A full-text language. Tokens are letters, digits and Han: nothing needs an escape."""

    quote: str
    also: str
    either: str
    open_end: str

    def token(self, token: str) -> str:
        end = self.open_end if token.endswith(ANY_END) else ""
        return f"{self.quote}{token.removesuffix(ANY_END)}{self.quote}{end}"

    def term(self, term: Term) -> str:
        ways = (self.also.join(map(self.token, tokens)) for tokens in (*term.own, *term.others))
        return "(" + self.either.join(f"({way})" for way in ways) + ")"


POSTGRESQL = Dialect("'", " & ", " | ", ":*")
FTS5 = Dialect('"', " AND ", " OR ", " *")


class Condition(NamedTuple):
    """On a row of the index."""

    sql: str
    params: tuple[str, ...] = ()


EVERYTHING = Condition("1 = 1")
NOTHING = Condition("1 = 0")


def all_of(conditions: Iterable[Condition]) -> Condition:
    return _joined(" AND ", conditions)


def any_of(conditions: Iterable[Condition]) -> Condition:
    return _joined(" OR ", conditions)


def none_of(condition: Condition) -> Condition:
    return Condition(f"NOT ({condition.sql})", condition.params)


def _joined(word: str, conditions: Iterable[Condition]) -> Condition:
    parts = list(conditions)
    params = tuple(param for part in parts for param in part.params)
    return Condition(f"({word.join(part.sql for part in parts)})", params)


def has_terms(terms: Iterable[Term], depth: str = PROSE, *, either: bool = False) -> Condition:
    """All terms, or any, are satisfied in the columns down to `depth`: the title, with the names,
    or with the prose. On PostgreSQL each column holds those above it, so that one index answers.
    """
    terms = tuple(terms)
    if not terms:
        return NOTHING
    if connection.vendor == "postgresql":
        join = POSTGRESQL.either if either else POSTGRESQL.also
        return Condition(f"{depth} @@ %s::tsquery", (join.join(map(POSTGRESQL.term, terms)),))
    join = FTS5.either if either else FTS5.also
    columns = " ".join(COLUMNS[: COLUMNS.index(depth) + 1])
    table = get_app_config().get_model("SQLiteFTSIndexEntry")._meta.db_table
    match = f"{{{columns}}} : ({join.join(map(FTS5.term, terms))})"
    return Condition(FTS_MATCH % {"table": table}, (match,))


def has_words(query: Query, depth: str = PROSE, *, exact: bool = False) -> Condition:
    """Every word is satisfied; `exact`: as typed, without synonyms."""
    return has_terms((term.exact if exact else term for term in query.terms), depth)


class Indexed(Expression):
    """True of rows of the model whose entry in the index fulfils the condition.

    `all_wanted`: every such row will be looked at, not only the first few.
    """

    template = (
        "%(pk)s IN (SELECT CAST(object_id AS bigint) FROM %(index)s"
        " WHERE content_type_id IN (%(types)s) AND %(condition)s)"
    )

    def __init__(
        self, model: type[Model], condition: Condition, *, all_wanted: bool = True
    ) -> None:
        super().__init__(output_field=BooleanField())
        self.pk: Expression | F = F("pk")
        self.types = get_descendants_content_types_pks(model)
        self.condition = condition
        self.nudge = DEAR if all_wanted and connection.vendor == "postgresql" else ""

    def get_source_expressions(self) -> list:
        return [self.pk]

    def set_source_expressions(self, expressions: list) -> None:
        (self.pk,) = expressions

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        pk, params = compiler.compile(self.pk)
        sql = self.template % {
            "pk": pk,
            "index": get_app_config().get_model("IndexEntry")._meta.db_table,
            "types": ", ".join(map(str, self.types)),
            "condition": self.condition.sql + self.nudge,
        }
        return sql, [*params, *self.condition.params]


def points(model: type[Model], *worth: tuple[Condition, int]) -> Case:
    """The worth of the first condition that the row's entry fulfils, else 0."""
    return Case(
        *(When(Q(Indexed(model, condition)), then=Value(value)) for condition, value in worth),
        default=Value(0),
        output_field=IntegerField(),
    )


def relevance(model: type[Model], *, title: Condition, names: Condition) -> Case:
    """2: the words as typed are in the title; 1: they or their synonyms are in title or names;
    0: in the prose. Equal ones are to be ordered by key."""
    return points(model, (title, 2), (names, 1))
