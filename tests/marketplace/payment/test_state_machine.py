"""Any order of steps, with everything that can go wrong on the way: no fen and no pack is lost."""

import pytest

from tests.marketplace.machines import assert_reaches, quiet
from tests.marketplace.payment import market

pytestmark = pytest.mark.django_db
__all__ = ["quiet"]

USUAL = {
    "parcel paid",
    "parcel expired",
    "parcel cancelled",
    "payment succeeded",
    "refund succeeded",
}
RARE = {"parcel packed", "parcel shipped", "payment late", "refund failed"}


@pytest.fixture(autouse=True)
def built(db):
    market.build()


def test_no_order_of_steps_loses_money_or_packs():
    assert_reaches(USUAL, market.Market, max_examples=10, stateful_step_count=20, derandomize=True)


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(3))
def test_no_long_order_of_steps_loses_money_or_packs(turn):
    """Other steps every time; a failure names its own."""
    assert_reaches(
        USUAL | RARE, market.Market, max_examples=100, stateful_step_count=50, print_blob=True
    )
