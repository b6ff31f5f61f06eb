"""The packs of a product as its page offers them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.models import Product
from catalog.models.product import UnitPrice
from marketplace.partner.refusals import quantity_words
from marketplace.shop.words import PLENTY, stock_words


@dataclass(frozen=True)
class PackOffer:
    """One pack: price in yuan, and how many may be asked for at once.

    `free` is 0 when less than the minimum quantity is left. It is exact below 20 only;
    above it says no more than that there are enough, because the page is public. `rule` says
    in which numbers the pack is sold, and that it is weighed if it is.
    """

    pk: int
    name: str
    price: Decimal
    unit_price: UnitPrice
    free: int
    minimum_quantity: int
    stock_words: str
    quantity_step: int = 1
    rule: str = ""


ENOUGH = 999


def offer_packs(packs: Iterable[Product]) -> list[PackOffer]:
    """Of packs read by `ProductQuerySet.packs()`."""
    return [_offer(pack) for pack in packs]


def _offer(pack: Product) -> PackOffer:
    free = pack.free if pack.free >= pack.minimum_quantity else 0
    return PackOffer(
        pk=pack.pk,
        name=pack.name,
        price=pack.price,
        unit_price=pack.unit_price_for(pack.price),
        free=ENOUGH if free >= PLENTY else free,
        minimum_quantity=pack.minimum_quantity,
        quantity_step=pack.quantity_step,
        rule=rule_words(pack),
        stock_words=stock_words(free),
    )


def rule_words(pack: Product) -> str:
    weighed = ""
    if pack.catch_weight:
        weighed = _("Weighed when packed: if it is lighter, the difference goes back to you.")
    return " ".join(filter(None, (quantity_words(pack), weighed)))


def select_pack(offers: Sequence[PackOffer], asked: str) -> PackOffer | None:
    """Of what can be bought, or of all when nothing can: the pack asked for, else the first."""
    choice = [offer for offer in offers if offer.free] or offers
    named = (offer for offer in choice if str(offer.pk) == asked)
    return next(named, choice[0] if choice else None)
