"""Any mix of orders, parcels, weights, refunds, payouts and months: to the fen and to the pack."""

import pytest

from tests.marketplace.machines import assert_reaches, quiet
from tests.marketplace.settlement import market

pytestmark = pytest.mark.django_db
__all__ = ["quiet"]

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


@pytest.fixture(autouse=True)
def built(db):
    market.build()


def test_no_mix_of_trade_loses_a_fen_or_a_pack_or_pays_one_too_much():
    assert_reaches(USUAL, market.Trade, max_examples=3, stateful_step_count=8, derandomize=True)


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(3))
def test_no_long_mix_of_trade_loses_a_fen_or_a_pack_or_pays_one_too_much(turn):
    """Other steps every time; a failure names its own."""
    assert_reaches(
        USUAL | RARE, market.Trade, max_examples=40, stateful_step_count=50, print_blob=True
    )
