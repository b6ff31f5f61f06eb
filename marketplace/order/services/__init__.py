"""Writing orders: placing them and moving their consignments forward."""

from marketplace.order.services.moves import (
    MoveRefused,
    give_up,
    hold_consignments,
    hold_order,
    mark_paid,
    move,
)
from marketplace.order.services.packing import Packing, PackingRefused, pack
from marketplace.order.services.placement import place_order
from marketplace.order.services.purchase import Purchase, Seen
from marketplace.order.services.shipping import (
    NotOnItsWay,
    NumberRefused,
    confirm_delivery,
    correct_tracking,
    ship,
)

__all__ = [
    "MoveRefused",
    "NotOnItsWay",
    "NumberRefused",
    "Packing",
    "PackingRefused",
    "Purchase",
    "Seen",
    "confirm_delivery",
    "correct_tracking",
    "give_up",
    "hold_consignments",
    "hold_order",
    "mark_paid",
    "move",
    "pack",
    "place_order",
    "ship",
]
