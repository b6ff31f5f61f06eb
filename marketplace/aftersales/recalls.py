"""Taking a lot back, and settling it order by order."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.releasing import mark_recalled
from catalog.traceability.models import Lot
from catalog.traceability.refusals import WrongState
from marketplace.accounts.models import User
from marketplace.aftersales.models import Recall, RecallNotice
from marketplace.aftersales.notices import write_recall_notices
from marketplace.order.models import LineLot, Order
from marketplace.order.states import GIVEN_UP
from marketplace.partner.services import withdraw_stock


@transaction.atomic
def recall_lot(
    *,
    lot_id: int,
    reason: str,
    packs: Mapping[int, int],
    by: User | None,
    now: datetime,
    today: date,
) -> Recall:
    """Stop the lot, take its packs out of the stock, and tell whoever has some, all or nothing.

    `packs` are numbers by stock record: the stock is not kept by lot, so whoever recalls says how
    many of the free packs are of this one. A lot that is recalled already leads to its recall.
    The lot is held before stock and good: who packs of it has done so before, and is told, or
    finds it recalled. Raises WrongState for a lot that was never released, StockBelowAllocated,
    ValidationError by field.
    """
    lot = Lot.objects.hold([lot_id])[lot_id]
    if lot.is_recalled:
        return lot.recall
    if not lot.is_released:
        raise WrongState(lot.get_state_display())
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the buyers read it.")})
    taken = {key: number for key, number in packs.items() if number}
    withdraw_stock(packs=taken, parent_id=lot.product_id)
    mark_recalled(lot=lot, today=today)
    recall = Recall.objects.create(
        lot=lot, reason=reason.strip(), packs_out=sum(taken.values()), at=now, by=by
    )
    note_orders(recall)
    return recall


def note_orders(recall: Recall) -> None:
    """Tell each buyer whose parcel was packed with packs of the lot, and note the order."""
    packed = LineLot.objects.filter(lot=recall.lot)
    sent = packed.exclude(line__consignment__state__in=GIVEN_UP).values("line__order")
    orders = list(Order.objects.filter(pk__in=sent).select_related("user").order_by("pk"))
    messages = write_recall_notices(recall=recall, orders=orders)
    RecallNotice.objects.bulk_create(
        RecallNotice(recall=recall, order=order, message=messages.get(order.pk)) for order in orders
    )


def settle_notice(*, recall_id: int, notice_id: int, by: User, now: datetime) -> bool:
    """The buyer of that order has been dealt with; False, and nothing changes, when it was."""
    open_one = RecallNotice.objects.filter(recall=recall_id, pk=notice_id, done_at=None)
    return bool(open_one.update(done_at=now, done_by=by))
