"""Lots of a cooperative that run out: too few packs for what is ordered, or a last day near."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Sum

from catalog.models import Product
from catalog.producers.models import Cooperative
from marketplace.order.lots import LotOnOffer, lots_on_offer
from marketplace.order.models import Line
from marketplace.order.states import State

SOON = timedelta(days=14)
AT_MOST = 3


class LotsRunningOut(NamedTuple):
    """`missing`: names of goods, and how many ordered packs no released lot is there for;
    `ending`: lots with packs left, the first to end first."""

    missing: list[tuple[str, int]]
    ending: list[LotOnOffer]


def read_lots(cooperative: Cooperative, today: date) -> LotsRunningOut:
    goods = Product.objects.filter(structure=Product.PARENT, cooperative=cooperative)
    goods = {good.pk: good for good in goods.only("title", "title_en", "structure")}
    offers = lots_on_offer(goods=goods, day=today)
    missing = [
        (goods[key].name, wanted - sum(offer.free for offer in offers[key]))
        for key, wanted in packs_to_pack(cooperative).items()
        if key in goods and wanted > sum(offer.free for offer in offers[key])
    ]
    ending = [
        offer
        for some in offers.values()
        for offer in some
        if offer.best_before and offer.best_before <= today + SOON
    ]
    ending.sort(key=lambda offer: (offer.best_before, offer.lot.pk))
    return LotsRunningOut(sorted(missing), ending[:AT_MOST])


def packs_to_pack(cooperative: Cooperative) -> dict[int, int]:
    """By good, the packs of parcels that are paid and not packed."""
    lines = Line.objects.filter(
        consignment__partner__cooperative=cooperative,
        consignment__state=State.PAID,
        product__isnull=False,
    )
    return dict(lines.order_by().values_list("product__parent").annotate(Sum("quantity")))
