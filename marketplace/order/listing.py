"""Rows of the list of one's own orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from marketplace.order.links import order_path
from marketplace.order.models import Order
from marketplace.order.states import GIVEN_UP, State
from marketplace.order.words import order_words
from marketplace.pictures import Picture

MOST_PICTURES = 4


@dataclass(frozen=True)
class OrderRow:
    """An order in the list: where its parcels are, what it came to, what was in it."""

    number: str
    url: str
    words: str
    placed_at: datetime
    total: Decimal
    pictures: list[Picture]
    more: int
    title: str
    is_waiting: bool
    is_given_up: bool
    held_until: datetime | None


def rows_of(orders: Iterable[Order], now: datetime) -> list[OrderRow]:
    """Of orders read for_list()."""
    return [row_of(order, now) for order in orders]


def row_of(order: Order, now: datetime) -> OrderRow:
    lines = list(order.lines.all())
    goods = [line.product.parent for line in lines if line.product]
    state = order.state_at(now)
    return OrderRow(
        number=order.number,
        url=order_path(order),
        words=order_words(order, now),
        placed_at=order.date_placed,
        total=order.total_incl_tax,
        pictures=[one.picture for one in goods if one.picture][:MOST_PICTURES],
        more=max(len(lines) - MOST_PICTURES, 0),
        title=lines[0].title_text if lines else "",
        is_waiting=state == State.AWAITING_PAYMENT,
        is_given_up=state in GIVEN_UP,
        held_until=order.held_until,
    )
