"""Queries of pages and of a purchase, counted in the process whose settings are the shop's."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.measure import queries_of
from tests.bench.shop import Pages, Way
from tests.bench.visitor import InProcessVisitor

BUYING = "buying"


def count_all(way: Way, pages: Pages, good: int) -> dict[str, int]:
    """By the name of the page the most queries of its paths; under BUYING those of a purchase."""
    queries = {
        name: max(queries_of(path, cookies) for path in paths)
        for name, (paths, cookies) in pages.items()
    }
    buy(way, good)
    with CaptureQueriesContext(connection) as captured:
        buy(way, good)
    return {**queries, BUYING: sum("SAVEPOINT" not in query["sql"] for query in captured)}


def buy(way: Way, good: int) -> None:
    visitor = InProcessVisitor()
    answer = way.place(visitor, way.prepare(visitor, good))
    if not way.is_placed(answer):
        raise RuntimeError(f"Not placed: {answer.status} {answer.location}")
