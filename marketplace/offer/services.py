"""Offers and vouchers on a basket: what they take off, and their uses."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from marketplace.offer.applying import Table
from marketplace.offer.discounts import Discount, Discounts, PricedLine
from marketplace.offer.goods import goods_of
from marketplace.offer.models import ConditionalOffer, OfferUse
from marketplace.partner.refusals import Refusal
from marketplace.voucher.models import Voucher
from marketplace.voucher.persons import Person
from marketplace.voucher.refusals import problem_of
from marketplace.voucher.services import find_voucher, return_voucher, take_voucher

__all__ = ["OfferGone", "Person", "discounts_for", "return_uses", "take_uses"]


class OfferGone(Refusal):
    """An offer that the buyer was shown has ended or been used up meanwhile; `line` is None."""

    def __init__(self, discount: Discount) -> None:
        super().__init__(None)
        self.discount = discount

    @property
    def words(self) -> str:
        return _("“%(name)s” has ended. Please look at the sum once more.") % {
            "name": self.discount.name
        }


def discounts_for(
    *, lines: Sequence[PricedLine], voucher_code: str, person: Person, now: datetime
) -> Discounts:
    """What is taken off these lines now, by the rules of applying.Table; nothing is written.

    Three queries, one when no offer runs, and one more with a voucher. Of each line's product
    the parent is read, so it should be there already.
    """
    if not lines:
        return Discounts()
    voucher, problem = None, ""
    if voucher_code:
        voucher = find_voucher(code=voucher_code, person=person)
        problem = problem_of(voucher, now)
    usable = voucher if voucher and not problem else None
    offers = list(ConditionalOffer.objects.for_basket(usable, now))
    if not offers:
        return Discounts([], problem or (unfit(None) if usable else ""))
    ranges = {r for offer in offers for r in (offer.condition.range, offer.benefit.range)}
    table = Table(lines, goods_of(ranges, lines))
    rows = [table.apply(offer) for offer in offers if not offer.is_voucher_offer_type]
    opened = [offer for offer in offers if offer.is_voucher_offer_type]
    if usable:
        used, problem = apply_voucher(table, usable, opened)
        rows += used
    return Discounts([row for row in rows if row], problem)


def apply_voucher(
    table: Table, voucher: Voucher, offers: Sequence[ConditionalOffer]
) -> tuple[list[Discount], str]:
    """The discounts of the voucher's offers, or the words that say why there are none."""
    missing = [table.missing(offer) for offer in offers]
    rows = [table.apply(offer, voucher.pk) for offer in offers]
    if any(rows):
        return rows, ""
    return [], unfit(min((sum_ for sum_ in missing if sum_), default=None))


def unfit(missing: Decimal | None) -> str:
    """Why a voucher that could be used takes nothing off these goods."""
    if missing:
        return _("¥%(sum)s more and this voucher counts.") % {"sum": f"{missing:,.2f}"}
    return _("This voucher is not for the goods in the basket.")


@transaction.atomic(savepoint=False)
def take_uses(*, order_id: int, discounts: Discounts, person: Person, now: datetime) -> None:
    """Count the order's uses of its voucher and offers, in the caller's transaction.

    The voucher first, then the offers in pk order, each read and counted again under its lock.
    Raises VoucherRefused or OfferGone, both Refusals without a line; the caller's transaction
    must then be rolled back.
    """
    for voucher_id in sorted({row.voucher_id for row in discounts.rows if row.voucher_id}):
        take_voucher(voucher_id=voucher_id, order_id=order_id, person=person, now=now)
    rows = sorted(discounts.rows, key=lambda row: row.offer_id)
    offers = ConditionalOffer.objects.running(now).in_bulk([row.offer_id for row in rows])
    for row in rows:
        offer = offers.get(row.offer_id)
        if offer is None or not ConditionalOffer.objects.running(now).take(offer):
            raise OfferGone(row)
    OfferUse.objects.bulk_create(
        OfferUse(offer_id=row.offer_id, order_id=order_id, amount=row.amount) for row in rows
    )


@transaction.atomic(savepoint=False)
def return_uses(*, order_id: int) -> None:
    """Give back all that the order used, for whoever comes next; a second time does nothing."""
    return_voucher(order_id=order_id)
    uses = OfferUse.objects.filter(order_id=order_id)
    limited = ConditionalOffer.objects.limited().filter(uses__order_id=order_id)
    pks = list(
        limited.select_for_update(no_key=True, of=("self",))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if uses.delete()[0]:
        ConditionalOffer.objects.filter(pk__in=pks, num_applications__gt=0).update(
            num_applications=F("num_applications") - 1
        )
