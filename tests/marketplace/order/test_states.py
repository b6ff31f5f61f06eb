"""The order's state is that of its consignments: asked of a row and in a query alike."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from marketplace.order.models import Consignment, Order
from marketplace.order.words import order_words
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for

pytestmark = pytest.mark.django_db
END = NOW + timedelta(minutes=30)
CASES = [
    (["awaiting_payment"] * 2, "awaiting_payment", "2 parcels, waiting for payment"),
    (["paid"] * 2, "paid", "2 parcels, paid"),
    (["delivered", "shipped"], "shipped", "2 parcels, 1 on the way"),
    (["paid", "shipped"], "paid", "2 parcels, 1 on the way"),
    (["paid", "packed"], "paid", "2 parcels, 1 packed"),
    (["cancelled", "paid"], "paid", "2 parcels, 1 cancelled"),
    (["completed", "delivered"], "delivered", "2 parcels, 1 arrived"),
    (["completed", "cancelled"], "completed", "2 parcels, 1 completed"),
    (["cancelled"] * 2, "cancelled", "2 parcels, cancelled"),
    (["expired"] * 2, "expired", "2 parcels, expired"),
]


def order_in(states):
    order = order_for(ProductFactory(), ProductFactory(storage="frozen"))
    for consignment, state in zip(order.consignments.order_by("pk"), states, strict=True):
        Consignment.objects.filter(pk=consignment.pk).update(state=state)
    return Order.objects.get(pk=order.pk)


@pytest.mark.parametrize(("states", "state", "words"), CASES)
def test_the_slowest_parcel_still_to_come_says_where_the_order_is(states, state, words):
    order = order_in(states)
    assert order.state_at(NOW) == state
    with override("en"):
        assert order_words(order, NOW) == words


@pytest.mark.parametrize(
    ("after", "state"), [(-1, "awaiting_payment"), (0, "expired"), (1, "expired")]
)
def test_what_waits_longer_than_it_is_held_counts_as_expired(after, state):
    order = order_in(["awaiting_payment"] * 2)
    now = END + timedelta(seconds=after)
    assert order.state_at(now) == state
    assert Order.objects.overdue(now).exists() == (state == "expired")


def test_a_paid_order_is_never_overdue():
    order = order_in(["paid"] * 2)
    later = END + timedelta(days=9)
    assert order.state_at(later) == "paid"
    assert not Order.objects.overdue(later).exists()
