"""Discounts as a basket would have them, without a basket."""

from decimal import Decimal

from marketplace.offer.discounts import Discount, Discounts
from marketplace.offer.models import ConditionalOffer
from marketplace.offer.services import Person
from marketplace.voucher.models import Voucher

GUEST = Person(mobile="13800001234")


def person(number: int) -> Person:
    return Person(mobile=f"139{number:08}")


def discounts_of(*offers: ConditionalOffer | Voucher) -> Discounts:
    return Discounts([discount_of(each) for each in offers])


def discount_of(each: ConditionalOffer | Voucher) -> Discount:
    is_voucher = isinstance(each, Voucher)
    offer = each.offers.get() if is_voucher else each
    amount = Decimal("8.00")
    return Discount(
        offer_id=offer.pk,
        voucher_id=each.pk if is_voucher else None,
        name=offer.name,
        bearer="",
        amount=amount,
        shares={1: amount},
    )
