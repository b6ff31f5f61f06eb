"""Whatever has happened, and whatever happens later: a batch says what was known at its cutoff."""

import pytest

from tests.marketplace.machines import assert_reaches, quiet
from tests.marketplace.reports import market

pytestmark = pytest.mark.django_db
__all__ = ["quiet"]
USUAL = {"parcel shipped", "refund succeeded"}


@pytest.fixture(autouse=True)
def built(db):
    market.build()


def test_a_batch_is_a_recount_as_of_its_cutoff_after_any_steps():
    bounds = {"max_examples": 3, "stateful_step_count": 8, "derandomize": True}
    assert_reaches(USUAL, market.Figures, **bounds)


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(3))
def test_a_batch_is_a_recount_as_of_its_cutoff_after_many_steps(turn):
    bounds = {"max_examples": 30, "stateful_step_count": 50, "print_blob": True}
    assert_reaches(USUAL | {"refund failed", "two months"}, market.Figures, **bounds)
