"""Packing many parcels at once, each on its own: what cannot be packed holds up no other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.dashboard.listing import PAGE_SIZE
from marketplace.dashboard.shipping.querysets import find_parcels, for_page
from marketplace.order.lots import good_of, lots_on_offer, propose
from marketplace.order.models import Consignment
from marketplace.order.services import MoveRefused, Packing, PackingRefused
from marketplace.order.states import State
from marketplace.payment.weighing import pack_and_settle
from marketplace.typed import read_number

MOST_PROBLEMS = 5


@dataclass
class Packed:
    """How many were packed; in words, why others were not."""

    packed: int = 0
    problems: list[str] = field(default_factory=list)


def ticked_in(data: QueryDict, cooperative: Cooperative) -> list[Consignment]:
    """The cooperative's parcels among those ticked, no more than a page shows; others are none."""
    keys = {read_number(text) for text in data.getlist("parcel")[:PAGE_SIZE]}
    return list(for_page(find_parcels(cooperative, {})).filter(pk__in=keys).order_by("pk"))


def pack_many(*, parcels: Iterable[Consignment], by: User, now: datetime) -> Packed:
    """From the lots that are proposed when it is each one's turn."""
    result = Packed()
    refused = []
    for parcel in parcels:
        try:
            pack_and_settle(consignment=parcel, packing=proposal_for(parcel, now), by=by, now=now)
        except (PackingRefused, MoveRefused) as refusal:
            refused.append(f"{parcel.order.number}: {words_of(refusal)}")
        else:
            result.packed += 1
    result.problems = refused[:MOST_PROBLEMS]
    more = len(refused) - MOST_PROBLEMS
    if more > 0:
        words = ngettext("And %(n)s more parcel.", "And %(n)s more parcels.", more)
        result.problems.append(words % {"n": more})
    return result


def words_of(refusal: PackingRefused | MoveRefused) -> str:
    if isinstance(refusal, PackingRefused):
        return f"{refusal.line.title_text}: {refusal.words}"
    if refusal.consignment.state == State.PACKED:
        return _("It is packed already.")
    return refusal.words


def proposal_for(parcel: Consignment, now: datetime) -> Packing:
    lines = list(parcel.lines.all())
    goods = {good_of(line) for line in lines} - {None}
    return Packing(propose(lines, lots_on_offer(goods=goods, day=timezone.localdate(now))))
