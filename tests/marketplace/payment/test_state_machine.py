"""Any order of steps, with everything that can go wrong on the way: no fen and no pack is lost."""

import logging

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.marketplace.payment import market

pytestmark = pytest.mark.django_db
COMMON = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture(autouse=True)
def quiet(caplog):
    """What is refused is logged, thousands of times."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


USUAL = {
    "parcel paid",
    "parcel expired",
    "parcel cancelled",
    "payment succeeded",
    "refund succeeded",
}
RARE = {"parcel packed", "parcel shipped", "payment late", "refund failed"}


def ends_of_a_market(**bounds) -> set[str]:
    """To which ends its steps have led; at each step it asserts that every truth holds."""
    market.build()
    run_state_machine_as_test(market.Market, settings=settings(**COMMON, **bounds))
    return set(market.Market.reached)


def test_no_order_of_steps_loses_money_or_packs():
    ends = ends_of_a_market(max_examples=10, stateful_step_count=20, derandomize=True)
    assert ends >= USUAL


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(3))
def test_no_long_order_of_steps_loses_money_or_packs(turn):
    """Other steps every time; a failure names its own."""
    ends = ends_of_a_market(max_examples=100, stateful_step_count=50, print_blob=True)
    assert ends >= USUAL | RARE
