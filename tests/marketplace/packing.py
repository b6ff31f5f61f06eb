"""Steps of packing and sending, for tests that begin after paying."""

from datetime import date, timedelta

from catalog.models import Product
from catalog.traceability.models import Lot
from marketplace.order.models import Consignment, ConsignmentStep, Line, LineLot, Order
from marketplace.order.services import Packing, mark_paid, pack, ship
from marketplace.outbox.models import Message
from tests.factories import ProductFactory, pack_of
from tests.factories.lots import lot_of as made_lot
from tests.marketplace.buying import DAY, NOW, order_for


def lot_of(product: Product, quantity: int = 50, *, days: int = 5, state: str = "released") -> Lot:
    """Produced so many days before DAY."""
    made_on = DAY - timedelta(days=days)
    return made_lot(product, day=made_on, state=state, quantity=quantity)


def parcel_for(*wanted, dispatch_on: date | None = None) -> Consignment:
    """The one parcel of a paid order."""
    order = order_for(*wanted)
    mark_paid(order=order, now=NOW)
    if dispatch_on:
        order.consignments.update(dispatch_on=dispatch_on)
    return order.consignments.get()


def cut_of_mutton(price: str = "128.00", grams: int = 1500, **about) -> Product:
    """Sold by about so much, settled on the real weight."""
    product = ProductFactory(storage="frozen", packs=[(price, 100, grams)], **about)
    Product.objects.filter(pk=pack_of(product).pk).update(catch_weight=True)
    return product


def packing_of(parcel: Consignment, *lots, grams: int | None = None) -> Packing:
    """All lines from the lots, each of which may be (lot, packs)."""
    chosen, weights = {}, {}
    for line in parcel.lines.all():
        fitting = [one if isinstance(one, tuple) else (one, line.quantity) for one in lots]
        chosen[line.pk] = {
            lot.pk: number for lot, number in fitting if lot.product_id == line.product.parent_id
        }
        if grams is not None:
            weights[line.pk] = grams
    return Packing(chosen, weights)


def packed(*wanted, **about) -> Consignment:
    """A parcel in a lot that was made for each of its goods."""
    parcel = parcel_for(*wanted, **about)
    lots = [lot_of(line.product.parent) for line in parcel.lines.select_related("product__parent")]
    weights = {line.pk: line.net_grams * line.quantity for line in parcel.lines.all()}
    packing = packing_of(parcel, *lots)._replace(grams=weights)
    return pack(consignment=parcel, packing=packing, by=None, now=NOW)


def shipped(*wanted, **about) -> Consignment:
    parcel = packed(*wanted, **about)
    return ship(consignment=parcel, carrier="sf", number="SF1234567890", by=None, now=NOW)


def state_of_parcels() -> tuple:
    """All that a refusal must leave as it was."""
    return (
        list(Consignment.objects.order_by("pk").values_list("state", "carrier", "tracking_number")),
        ConsignmentStep.objects.count(),
        list(LineLot.objects.order_by("pk").values_list("line", "lot", "quantity")),
        list(Line.objects.order_by("pk").values_list("weighed_grams", "refunded", "num_allocated")),
        Message.objects.count(),
    )


def order_of(parcel: Consignment) -> Order:
    return Order.objects.get(pk=parcel.order_id)
