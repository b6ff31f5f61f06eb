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


def ends_of(machine: type, **bounds) -> set[str]:
    """To which ends its steps have led."""
    run_state_machine_as_test(machine, settings=settings(**COMMON, **bounds))
    return set(machine.reached)
