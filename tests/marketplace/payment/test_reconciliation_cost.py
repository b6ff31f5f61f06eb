"""What comparing costs us does not grow with the number of payments that are as they should be."""

import pytest

from marketplace.payment.reconciliation import reconcile
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("stripe_in_memory")
@pytest.mark.parametrize("count", [1, 3])
def test_comparing_costs_the_same_for_any_number_of_payments(
    paid, count, django_assert_num_queries
):
    for _ in range(count):
        paid()
    reconcile(now=NOW)
    with django_assert_num_queries(8):
        run = reconcile(now=NOW)
    assert (run.compared, run.healed, run.problem) == (count, [], "")
