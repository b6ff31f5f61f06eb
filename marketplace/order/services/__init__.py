"""Writing orders: placing them and moving their consignments forward."""

from marketplace.order.services.moves import (
    MoveRefused,
    give_up,
    hold_consignments,
    hold_order,
    mark_paid,
    move,
)
from marketplace.order.services.placement import place_order
from marketplace.order.services.purchase import Purchase, Seen

__all__ = [
    "MoveRefused",
    "Purchase",
    "Seen",
    "give_up",
    "hold_consignments",
    "hold_order",
    "mark_paid",
    "move",
    "place_order",
]
