"""The one state machine: consignments move forward, and what each step does to the stock."""

from datetime import timedelta

import pytest

from marketplace.accounts.models import User
from marketplace.order.models import Consignment, ConsignmentStep, Line
from marketplace.order.services import MoveRefused, give_up, hold_order, mark_paid, move
from marketplace.order.states import FOLLOWING, State
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, in_english, order_for, stock

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
ALLOWED = [(start, to) for start, ends in FOLLOWING.items() for to in ends]
REFUSED = [(start, to) for start in State for to in State if to not in FOLLOWING[start]]


def standing_at(state, *wanted):
    """An order whose consignments have come to the state in lawful steps."""
    order = order_for(*wanted)
    way = {to: start for start, ends in FOLLOWING.items() for to in ends}
    way |= {State.CANCELLED: State.AWAITING_PAYMENT}
    steps = []
    while state != State.AWAITING_PAYMENT:
        steps.insert(0, state)
        state = way[state]
    for step in steps:
        step_all(order, step)
    return order


def step_all(order, to, by=None, reason="", now=NOW):
    return move(consignments=order.consignments.all(), to=to, by=by, reason=reason, now=now)


@pytest.mark.parametrize(("start", "to"), ALLOWED)
def test_each_step_of_the_table_is_taken_and_kept_with_who_when_and_why(start, to):
    order = standing_at(start)
    clerk = User.objects.create_user("clerk@example.com")
    (moved,) = step_all(order, to, by=clerk, reason="电话里说的", now=LATER)
    assert moved.state == to
    step = ConsignmentStep.objects.order_by("pk").last()
    assert (step.state, step.by, step.at, step.reason) == (to, clerk, LATER, "电话里说的")
    assert Consignment.objects.get().state == to


@pytest.mark.parametrize(("start", "to"), REFUSED)
def test_every_other_step_is_refused_and_changes_nothing(start, to):
    order = standing_at(start)
    before = list(Line.objects.values()), stock_of(order), ConsignmentStep.objects.count()
    with pytest.raises(MoveRefused) as caught:
        step_all(order, to)
    assert (caught.value.consignment.state, caught.value.to) == (start, to)
    assert Consignment.objects.get().state == start
    now = list(Line.objects.values()), stock_of(order), ConsignmentStep.objects.count()
    assert now == before


def stock_of(order):
    record = order.lines.get().stockrecord
    return record.num_in_stock, record.num_allocated


def test_the_refusal_names_both_states():
    order = standing_at(State.SHIPPED)
    with pytest.raises(MoveRefused) as caught:
        step_all(order, State.PAID)
    assert in_english(caught.value) == "From “Shipped” a parcel cannot go to “Paid”."


def test_several_move_together_or_not_at_all():
    order = order_for(ProductFactory(), ProductFactory(storage="frozen"))
    mark_paid(order=order, now=NOW)
    first, second = order.consignments.order_by("pk")
    move(consignments=[second], to=State.PACKED, by=None, reason="", now=NOW)
    with pytest.raises(MoveRefused):
        step_all(order, State.PACKED)
    states = order.consignments.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["paid", "packed"]
    assert first.steps.count() == 2


def test_what_is_shipped_leaves_the_stock_and_what_is_free_stays_free():
    product = ProductFactory(packs=[("18.00", 10, 1000)])
    order = standing_at(State.PACKED, (product, 4))
    assert (stock(product).num_in_stock, stock(product).num_allocated) == (10, 4)
    step_all(order, State.SHIPPED)
    assert (stock(product).num_in_stock, stock(product).num_allocated) == (6, 0)
    assert Line.objects.get().num_allocated == 0
    step_all(order, State.DELIVERED)
    assert (stock(product).num_in_stock, stock(product).num_allocated) == (6, 0)


@pytest.mark.parametrize(
    ("start", "to"),
    [
        (State.AWAITING_PAYMENT, State.EXPIRED),
        (State.AWAITING_PAYMENT, State.CANCELLED),
        (State.PAID, State.CANCELLED),
        (State.PACKED, State.CANCELLED),
    ],
)
def test_what_is_given_up_is_free_again_and_back_on_the_shelf(start, to):
    product = ProductFactory(packs=[("18.00", 4, 1000)])
    other = order_for((product, 1))
    order = standing_at(start, (product, 3))
    product.refresh_from_db()
    assert not product.in_stock
    step_all(order, to)
    assert (stock(product).num_in_stock, stock(product).num_allocated) == (4, 1)
    product.refresh_from_db()
    assert product.in_stock
    assert [other.lines.get().num_allocated, order.lines.get().num_allocated] == [1, 0]


def test_giving_up_moves_every_parcel_and_gives_vouchers_back(monkeypatch):
    returned = []
    monkeypatch.setattr(
        "marketplace.order.services.moves.return_uses", lambda **about: returned.append(about)
    )
    order = order_for(ProductFactory(), ProductFactory(storage="frozen"))
    give_up(order=hold_order(order.pk), to=State.EXPIRED, by=None, reason="", now=LATER)
    assert set(order.consignments.values_list("state", flat=True)) == {"expired"}
    assert returned == [{"order_id": order.pk}]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("to", "queries"), [(State.PACKED, 6), (State.SHIPPED, 11), (State.CANCELLED, 13)]
)
def test_moving_costs_the_same_for_any_number(to, queries, count, django_assert_num_queries):
    kinds = ["ambient", "chilled", "frozen"][:count]
    start = State.PACKED if to == State.SHIPPED else State.PAID
    order = standing_at(start, *(ProductFactory(storage=kind) for kind in kinds))
    with django_assert_num_queries(queries):
        step_all(order, to)
