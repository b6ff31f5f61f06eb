"""How long the goods of an unpaid order are still held, as its pages count it down."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from marketplace.order.models import Order


@dataclass(frozen=True)
class Hold:
    """Until when, and how much is left of it: whole seconds and begun minutes, at least one."""

    until: datetime
    seconds: int

    @property
    def minutes(self) -> int:
        return ceil(self.seconds / 60)


def hold_of(order: Order, now: datetime) -> Hold | None:
    """None when nobody promised a time, or it has run out."""
    if order.held_until is None or order.held_until <= now:
        return None
    return Hold(order.held_until, ceil((order.held_until - now).total_seconds()))
