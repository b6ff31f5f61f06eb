"""The states of a consignment and which of them may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    AWAITING_PAYMENT = "awaiting_payment", _("Awaiting payment")
    PAID = "paid", _("Paid")
    PACKED = "packed", _("Packed")
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    COMPLETED = "completed", _("Completed")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


FOLLOWING: dict[State, tuple[State, ...]] = {
    State.AWAITING_PAYMENT: (State.PAID, State.EXPIRED, State.CANCELLED),
    State.PAID: (State.PACKED, State.CANCELLED),
    State.PACKED: (State.SHIPPED, State.CANCELLED),
    State.SHIPPED: (State.DELIVERED,),
    State.DELIVERED: (State.COMPLETED,),
    State.COMPLETED: (),
    State.EXPIRED: (),
    State.CANCELLED: (),
}

# Paid, and still at the cooperative.
IN_THE_HOUSE = (State.PAID, State.PACKED)

# Parcels that will not come; their packs are free again.
GIVEN_UP = (State.EXPIRED, State.CANCELLED)

# An order is where the parcel is that has the longest way to go; those given up count last.
SLOWEST_FIRST = tuple(State)
