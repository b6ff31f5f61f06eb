"""A tracking number that was mistyped: put right, with who did it and what stood there."""

from datetime import datetime

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.dashboard.models import Change
from marketplace.dashboard.services import keep_change
from marketplace.order.models import Consignment
from marketplace.order.services import correct_tracking


@transaction.atomic
def correct_number(
    *, parcel: Consignment, carrier: str, number: str, by: User, now: datetime
) -> bool:
    """Whether it says something else now. Raises NumberRefused, NotOnItsWay."""
    was = correct_tracking(consignment=parcel, carrier=carrier, number=number)
    if was is None:
        return False
    keep_change(
        room=Change.Room.PARCEL,
        subject=str(parcel.pk),
        before={"carrier": was.carrier, "number": was.tracking_number},
        after={"carrier": carrier, "number": number},
        by=by,
        now=now,
    )
    return True
