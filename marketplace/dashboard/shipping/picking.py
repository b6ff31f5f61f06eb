"""The pick list: what to fetch from the store for all parcels that leave until a day."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from catalog.producers.models import Cooperative
from marketplace.dashboard.shipping.forms import DayForm
from marketplace.dashboard.shipping.querysets import leaving_by, next_day
from marketplace.order.lots import LotOnOffer, good_of, lots_on_offer, propose
from marketplace.order.models import Line
from marketplace.order.states import State


@dataclass
class Good:
    """One pack: how many in all, in which parcels, from which lots they are proposed."""

    title: str
    storage: str
    packs: int
    parcels: list[tuple[str, int]]
    lots: dict[str, int]

    @property
    def missing(self) -> int:
        """Packs for which no released lot is there."""
        return self.packs - sum(self.lots.values())


@dataclass(frozen=True)
class Picking:
    form: DayForm
    day: date
    parcels: int
    goods: list[Good]

    @property
    def packs(self) -> int:
        return sum(good.packs for good in self.goods)


def read_picking(*, cooperative: Cooperative, params: QueryDict, path: str, today: date) -> Picking:
    """Of what is still to be packed and leaves until the day asked for, what is late included."""
    form = DayForm(params)
    day = form.chosen.get("day") or next_day(cooperative, today)
    parcels = leaving_by(cooperative, day).filter(state=State.PAID)
    lines = list(
        Line.objects.filter(consignment__in=parcels)
        .select_related("order", "consignment", "product__parent")
        .order_by("consignment__dispatch_on", "consignment", "pk")
    )
    offers = lots_on_offer(goods={good_of(line) for line in lines} - {None}, day=today)
    return Picking(form, day, len({line.consignment_id for line in lines}), goods_in(lines, offers))


def goods_in(lines: list[Line], offers: dict[int, list[LotOnOffer]]) -> list[Good]:
    """By storage and name. The lots are those that the parcels' pages propose one by one."""
    proposed = propose(lines, offers)
    codes = {offer.lot.pk: offer.lot.code for some in offers.values() for offer in some}
    goods: dict[tuple[int | None, str], Good] = {}
    for line in lines:
        storage = line.consignment.get_storage_display()
        key = line.product_id, line.title_text
        good = goods.setdefault(key, Good(line.title_text, storage, 0, [], {}))
        good.packs += line.quantity
        good.parcels.append((line.order.number, line.quantity))
        for lot, number in proposed[line.pk].items():
            good.lots[codes[lot]] = good.lots.get(codes[lot], 0) + number
    return sorted(goods.values(), key=lambda good: (good.storage, good.title))
