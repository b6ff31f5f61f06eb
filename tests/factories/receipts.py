"""Orders that were paid, packed and delivered, and what is published of their cooperatives."""

from datetime import datetime
from decimal import Decimal

from catalog.assistance.models import Batch, Cell
from catalog.models import Product
from catalog.producers.models import Cooperative
from marketplace.order.models import Consignment, LineLot, Order
from marketplace.order.services import move
from marketplace.order.states import State
from tests.factories.lots import lot_of
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.money import with_money


def delivered(*wanted) -> Order:
    """Paid as the ledger knows, each good packed from a lot of its own, all parcels arrived."""
    order = with_money(*wanted)
    for parcel in order.consignments.order_by("pk"):
        deliver(parcel)
    return read(order)


def deliver(parcel: Consignment) -> None:
    for line in parcel.lines.select_related("product__parent"):
        LineLot.objects.create(line=line, lot=lot_for(line.product.parent), quantity=line.quantity)
    for state in (State.PACKED, State.SHIPPED, State.DELIVERED):
        move(consignments=parcel_rows(parcel), to=state, by=None, reason="", now=NOW)


def parcel_rows(parcel: Consignment):
    return Consignment.objects.filter(pk=parcel.pk)


def lot_for(good: Product):
    return good.lots.first() or lot_of(good, f"LOT-{good.pk}")


def read(order: Order) -> Order:
    return Order.objects.for_receipt().get(pk=order.pk)


def published_batch(month: datetime, cutoff: datetime) -> Batch:
    return Batch.objects.create(
        number=f"B{month:%Y%m}-{Batch.objects.count()}",
        month=month,
        cutoff=cutoff,
        state=Batch.State.PUBLISHED,
        begun_at=cutoff,
        published_at=cutoff,
    )


def figure_of(
    batch: Batch, maker: Cooperative, households: int, amount: str, *, hidden: bool = False
) -> Cell:
    """Of the cooperative, for the third quarter of the batch's year."""
    return Cell.objects.create(
        batch=batch,
        table=Cell.Table.COOPERATIVE,
        row=str(maker.pk),
        span=Cell.Span.QUARTER,
        begins_on=batch.month.replace(month=7),
        households=households,
        amount=Decimal(amount),
        is_hidden=hidden,
    )
