"""Running a machine of steps over a whole market, each step of which asserts every truth."""

import logging

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

COMMON = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture(autouse=True)
def quiet():
    """What is refused is logged, thousands of times."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def assert_reaches(ends: set[str], machine: type, *, max_examples: int, **bounds) -> None:
    """Its steps hold every truth on the way, and lead to these ends.

    Where one was not met it goes on with twice as many examples: which are tried changes with any
    constant of the code.
    """
    for more in (1, 2, 4):
        own = settings(**COMMON, max_examples=more * max_examples, **bounds)
        run_state_machine_as_test(machine, settings=own)
        if ends <= set(machine.reached):
            return
    assert ends - set(machine.reached) == set()
