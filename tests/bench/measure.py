"""Measuring a page: its queries in this process, its time and rate at the running server."""

import http.client
import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from types import MappingProxyType
from typing import NamedTuple

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.server import HOST

WARM_ROUNDS = 3
SINGLE_REQUESTS = 60
THREADS = 8
SECONDS = 4.0
NO_COOKIES: Mapping[str, str] = MappingProxyType({})


class Cost(NamedTuple):
    """Most queries of any of the paths, median milliseconds of one visitor, requests a second
    of eight at once."""

    queries: int
    milliseconds: float
    rate: float


def measure(port: int, paths: Sequence[str], cookies: Mapping[str, str] = NO_COOKIES) -> Cost:
    queries = max(queries_of(path, cookies) for path in paths)
    return Cost(queries, median_time(port, paths, cookies), rate(port, paths, cookies))


def queries_of(path: str, cookies: Mapping[str, str]) -> int:
    """After a first visit, without SAVEPOINTs."""
    client = Client(headers={"host": HOST})
    client.cookies.load(dict(cookies))
    expect_ok(path, client.get(path).status_code)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def expect_ok(path: str, status: int) -> None:
    if status != http.client.OK:
        raise RuntimeError(f"{path} answered {status}")


def visit(client: http.client.HTTPConnection, path: str, cookies: Mapping[str, str]) -> None:
    sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
    client.request("GET", path, headers={"Cookie": sent} if sent else {})
    response = client.getresponse()
    response.read()
    expect_ok(path, response.status)


def median_time(
    port: int, paths: Sequence[str], cookies: Mapping[str, str], requests: int = SINGLE_REQUESTS
) -> float:
    times = []
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as client:
        for _round in range(WARM_ROUNDS):
            for path in paths:
                visit(client, path, cookies)
        for number in range(requests):
            begun = time.perf_counter()
            visit(client, paths[number % len(paths)], cookies)
            times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def rate(port: int, paths: Sequence[str], cookies: Mapping[str, str]) -> float:
    end = time.monotonic() + SECONDS

    def visitor(place: int) -> int:
        count = 0
        with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as client:
            while time.monotonic() < end:
                visit(client, paths[(place + count) % len(paths)], cookies)
                count += 1
        return count

    begun = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        total = sum(pool.map(visitor, range(THREADS)))
    return total / (time.monotonic() - begun)
