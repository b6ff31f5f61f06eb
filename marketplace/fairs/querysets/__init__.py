"""Reading fairs. Every page reads through a `for_…()` here, or `on_show()`."""

from marketplace.fairs.querysets.booths import AllotmentQuerySet, BoothQuerySet
from marketplace.fairs.querysets.exhibitors import ExhibitorQuerySet
from marketplace.fairs.querysets.fairs import FairQuerySet
from marketplace.fairs.querysets.visitors import (
    CheckInQuerySet,
    DoorQuerySet,
    SeatQuerySet,
    SessionQuerySet,
    TicketQuerySet,
)

__all__ = [
    "AllotmentQuerySet",
    "BoothQuerySet",
    "CheckInQuerySet",
    "DoorQuerySet",
    "ExhibitorQuerySet",
    "FairQuerySet",
    "SeatQuerySet",
    "SessionQuerySet",
    "TicketQuerySet",
]
