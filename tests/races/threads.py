"""Real threads that start together, each with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

# Three rounds in every run, two hundred in `make soak`.
ROUNDS = [1, 2, 3, *(pytest.param(turn, marks=pytest.mark.soak) for turn in range(4, 201))]


def at_once(calls: Sequence[Callable[[], object]]) -> list[object]:
    """Run the calls in as many threads; what each returned, or the exception that it raised."""
    gate = threading.Barrier(len(calls), timeout=60)

    def run(call):
        connection.ensure_connection()
        try:
            gate.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(run, call) for call in calls]
    return [future.exception() or future.result() for future in futures]
