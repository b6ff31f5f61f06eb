"""What a product page says about delivery to one place: the sum, the day, or why not."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.models import Product
from marketplace.money import NOTHING
from marketplace.shipping.days import is_before_cutoff
from marketplace.shipping.notes import frost_note
from marketplace.shipping.reach import Reach
from marketplace.shipping.refusals import NotDelivered
from marketplace.shop.words import area_words, dispatch_words, district_words, short_place_words


@dataclass(frozen=True)
class PackLine:
    """Packs that somebody thinks of buying, alone in their parcel; `amount` in yuan."""

    product: Product
    quantity: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class DeliveryOffer:
    """Amounts in yuan. With a `refusal`, the words that say why not, there is no day.

    `free_from` is the amount of goods in the parcel from which delivery costs nothing. There
    is no `arrives_on` either while the good cannot be ordered.
    """

    pack: Product
    place: str
    district: str
    dispatch: str
    area: str = ""
    refusal: str = ""
    goods: Decimal = NOTHING
    fee: Decimal = NOTHING
    free_from: Decimal | None = None
    arrives_on: date | None = None
    order_by: str = ""
    frost: str = ""

    @property
    def total(self) -> Decimal:
        return self.goods + self.fee


def offer_delivery(*, line: PackLine, reach: Reach, now: datetime, is_open: bool) -> DeliveryOffer:
    """Of a pack whose parent was read with its districts; `is_open`: it can be ordered now."""
    goods = line.product.parent
    said = {
        "pack": line.product,
        "place": short_place_words(reach.path),
        "district": district_words(reach.path),
        "dispatch": dispatch_words(goods),
        "goods": line.amount,
    }
    try:
        reach.check(line)
    except NotDelivered as refusal:
        return DeliveryOffer(**said, refusal=refusal.words)
    journey = reach.journey([line], now, getattr(goods.cooperative, "shelf", None))
    return DeliveryOffer(
        **said,
        area=area_words(goods, reach),
        fee=journey.fee,
        free_from=reach.tariffs[goods.storage].free_from,
        arrives_on=journey.arrives_on if is_open else None,
        order_by=order_by_words(now),
        frost=frost_note(goods.storage, journey.dispatch_on),
    )


def order_by_words(now: datetime) -> str:
    """Until when an order keeps the promised day."""
    return _("Order by 16:00 today") if is_before_cutoff(now) else _("Order by 16:00 tomorrow")
