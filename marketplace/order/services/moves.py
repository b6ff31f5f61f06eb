"""Moving consignments forward, with what each step does to the stock."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog.traceability.models import Lot
from marketplace.accounts.models import User
from marketplace.offer.services import return_uses
from marketplace.order.models import Consignment, ConsignmentStep, Line, LineLot, Order
from marketplace.order.states import FOLLOWING, GIVEN_UP, State
from marketplace.partner.services import consume_stock, release_stock


class MoveRefused(Exception):
    """A consignment cannot go from the state that it is in to the one asked for."""

    def __init__(self, consignment: Consignment, to: State) -> None:
        self.consignment, self.to = consignment, to
        super().__init__(f"{consignment}: {consignment.state} → {to}")

    @property
    def words(self) -> str:
        states = {"now": self.consignment.get_state_display(), "to": State(self.to).label}
        return _("From “%(now)s” a parcel cannot go to “%(to)s”.") % states


class LotRecalled(MoveRefused):
    """A parcel with packs of a recalled lot is on its way to nobody."""

    def __init__(self, consignment: Consignment, code: str) -> None:
        super().__init__(consignment, State.SHIPPED)
        self.code = code

    @property
    def words(self) -> str:
        return _("Lot %(code)s in this parcel was recalled: it is not sent.") % {"code": self.code}


@transaction.atomic
def move(
    *, consignments: Iterable[Consignment], to: State, by: User | None, reason: str, now: datetime
) -> list[Consignment]:
    """Move all of them one step forward, or none; returns them as they are now.

    Who, when and why are kept as a step. What is shipped leaves the stock; what expires or is
    cancelled frees it. Consignments are locked in pk order, and their stock after them. Raises
    MoveRefused for the first that does not stand where that step begins, LotRecalled for one that
    would be sent with packs of a recalled lot.
    """
    keys = [consignment.pk for consignment in consignments]
    held = list(hold_consignments(keys))
    for consignment in held:
        if to not in FOLLOWING[State(consignment.state)]:
            raise MoveRefused(consignment, to)
    if to == State.SHIPPED:
        check_recalls(held)
    Consignment.objects.filter(pk__in=keys).update(state=to)
    write_steps(held, to, by=by, reason=reason, now=now)
    if to == State.SHIPPED:
        consume_stock(packs=give_back_allocation(keys))
    elif to in GIVEN_UP:
        release_stock(packs=give_back_allocation(keys))
    for consignment in held:
        consignment.state = to
    return held


def check_recalls(held: Sequence[Consignment]) -> None:
    """What is sent in the very moment of a recall is told about like what was sent before it."""
    recalled = LineLot.objects.filter(
        line__consignment__in=held, lot__state=Lot.State.RECALLED
    ).order_by("pk")
    found = recalled.values_list("line__consignment", "lot__code").first()
    if found is not None:
        raise LotRecalled(next(one for one in held if one.pk == found[0]), found[1])


def hold_consignments(keys: Collection[int] | QuerySet) -> Iterable[Consignment]:
    """Lock them in pk order until the transaction ends, when they are read; before any line."""
    held = Consignment.objects.filter(pk__in=keys).order_by("pk")
    return held.select_for_update(no_key=True)


def hold_order(order_id: int, *, skip: bool = False) -> Order | None:
    """Lock the order until the transaction ends; None when it is `skip`ped for being locked.

    Whoever starts a payment or gives the order up holds it, before payment, consignments and
    stock in this order. It comes with its consignments as they are now.
    """
    orders = Order.objects.select_for_update(no_key=True, skip_locked=skip)
    return orders.prefetch_related("consignments").filter(pk=order_id).first()


def give_up(*, order: Order, to: State, by: User | None, reason: str, now: datetime) -> None:
    """Expire or cancel all parcels of an order that hold_order has locked.

    Their packs are free again and the offers' and vouchers' uses come back, these before the
    stock, as place_order takes them. Raises MoveRefused.
    """
    return_uses(order_id=order.pk)
    move(consignments=order.consignments.all(), to=to, by=by, reason=reason, now=now)


def give_back_allocation(keys: Collection[int]) -> list[tuple[int, int]]:
    """Note that these consignments' lines hold no stock any more; stock record and packs held."""
    lines = Line.objects.filter(
        consignment__in=keys, stockrecord__isnull=False, num_allocated__gt=0
    )
    packs = list(lines.order_by().values_list("stockrecord", "num_allocated"))
    lines.update(num_allocated=0)
    return packs


def write_steps(
    consignments: Sequence[Consignment],
    state: State,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
) -> None:
    ConsignmentStep.objects.bulk_create(
        ConsignmentStep(consignment=consignment, state=state, at=now, by=by, reason=reason)
        for consignment in consignments
    )


def mark_paid(*, order: Order, now: datetime) -> bool:
    """Move the order's parcels from waiting to paid; False when none of them waits any more."""
    waiting = Consignment.objects.filter(order=order, state=State.AWAITING_PAYMENT)
    try:
        return bool(move(consignments=waiting, to=State.PAID, by=None, reason="", now=now))
    except MoveRefused:
        return False
