"""Whatever has happened, and whatever happens later: a batch says what was known at its cutoff."""

import pytest

from tests.marketplace.machines import ends_of, quiet
from tests.marketplace.reports import market

pytestmark = pytest.mark.django_db
__all__ = ["quiet"]
USUAL = {"parcel shipped", "refund succeeded"}


@pytest.fixture(autouse=True)
def built(db):
    market.build()


def test_a_batch_is_a_recount_as_of_its_cutoff_after_any_steps():
    ends = ends_of(market.Figures, max_examples=3, stateful_step_count=8, derandomize=True)
    assert ends >= USUAL


@pytest.mark.soak
def test_a_batch_is_a_recount_as_of_its_cutoff_after_many_steps():
    """Rare ends need not come in every turn; all turns together have met them."""
    turns = [
        ends_of(market.Figures, max_examples=30, stateful_step_count=50, print_blob=True)
        for _ in range(3)
    ]
    assert set().union(*turns) >= USUAL | {"refund failed", "two months"}
