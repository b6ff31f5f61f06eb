"""Any mix of orders, parcels, weights, refunds, payouts and months: to the fen and to the pack."""

import logging

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.marketplace.settlement import market

pytestmark = pytest.mark.django_db
COMMON = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture(autouse=True)
def quiet():
    """What is refused is logged, thousands of times."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


USUAL = {
    "parcel paid",
    "parcel packed",
    "parcel shipped",
    "parcel delivered",
    "parcel completed",
    "refund succeeded",
    "payout proposed",
    "payout approved",
    "payout sent",
    "payout paid",
    "payout returned",
    "weighed",
    "settled on weight",
    "statement",
}
RARE = {
    "parcel cancelled",
    "refund failed",
    "payout rejected",
    "payout withdrawn",
    "line of two lots",
}


def ends_of_trade(**bounds) -> set[str]:
    """To which ends its steps have led; at each step it asserts that every truth holds."""
    market.build()
    run_state_machine_as_test(market.Trade, settings=settings(**COMMON, **bounds))
    return set(market.Trade.reached)


def test_no_mix_of_trade_loses_a_fen_or_a_pack_or_pays_one_too_much():
    ends = ends_of_trade(max_examples=3, stateful_step_count=8, derandomize=True)
    assert ends >= USUAL


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(3))
def test_no_long_mix_of_trade_loses_a_fen_or_a_pack_or_pays_one_too_much(turn):
    """Other steps every time; a failure names its own."""
    ends = ends_of_trade(max_examples=40, stateful_step_count=50, print_blob=True)
    assert ends >= USUAL | RARE
