"""What a cooperative has to do today, in figures."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from catalog.producers.models import Cooperative, Membership
from marketplace.dashboard.shipping.querysets import IN_HOUSE
from marketplace.order.models import Consignment
from marketplace.order.states import State

# Who packs and sends; the accountant reads no addresses.
PACKERS = (Membership.Role.OWNER, Membership.Role.CLERK)


class Today(NamedTuple):
    """Parcels still in the house: all by what is to be done, and those to leave until today."""

    to_pack: int
    to_send: int
    late: int
    due: int
    due_packed: int


def read_today(cooperative: Cooperative, today: date) -> Today:
    packed, due = Q(state=State.PACKED), IN_HOUSE & Q(dispatch_on__lte=today)
    parcels = Consignment.objects.of_cooperative(cooperative.pk).order_by()
    counts = parcels.aggregate(
        to_pack=Count("pk", filter=Q(state=State.PAID)),
        to_send=Count("pk", filter=packed),
        late=Count("pk", filter=IN_HOUSE & Q(dispatch_on__lt=today)),
        due=Count("pk", filter=due),
        due_packed=Count("pk", filter=due & packed),
    )
    return Today(**counts)
