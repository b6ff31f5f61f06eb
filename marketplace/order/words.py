"""What is said of an order and its parcels, in the reader's language."""

from collections import Counter
from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.order.models import Order
from marketplace.order.states import GIVEN_UP, State
from marketplace.shipping.parcels import counted, parcel_words

# Of parcels in different states, the one that the buyer asks about first.
TELLING = (
    State.SHIPPED,
    State.DELIVERED,
    State.COMPLETED,
    State.PACKED,
    State.CANCELLED,
    State.PAID,
)


def state_words(state: State) -> str:
    words = {
        State.AWAITING_PAYMENT: _("waiting for payment"),
        State.PAID: _("paid"),
        State.PACKED: _("packed"),
        State.SHIPPED: _("on the way"),
        State.DELIVERED: _("arrived"),
        State.COMPLETED: _("completed"),
        State.EXPIRED: _("expired"),
        State.CANCELLED: _("cancelled"),
    }
    return words[state]


def order_words(order: Order, now: datetime) -> str:
    """Parcels and where they are: "2 parcels, 1 on the way"; by the prefetched consignments."""
    overall = order.state_at(now)
    states = Counter(State(parcel.state) for parcel in order.consignments.all())
    parcels = parcel_words(states.total())
    if len(states) == 1 or overall in GIVEN_UP:
        return _("%(parcels)s, %(state)s") % {"parcels": parcels, "state": state_words(overall)}
    telling = next(state for state in TELLING if state in states)
    return _("%(parcels)s, %(some)s %(state)s") % {
        "parcels": parcels,
        "some": counted(states[telling]),
        "state": state_words(telling),
    }
