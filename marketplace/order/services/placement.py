"""Placing orders."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.basket.contents import Contents, contents_of
from marketplace.basket.models import Basket
from marketplace.basket.models import Line as BasketLine
from marketplace.basket.services import BasketClosed, carry_over_saved, hold
from marketplace.offer.services import Person, take_uses
from marketplace.order.models import Order
from marketplace.order.notices import Notice, write_notice
from marketplace.order.refusals import BasketChanged, ConsentMissing, TotalChanged
from marketplace.order.services.kept import write_discounts, write_order, write_parcels
from marketplace.order.services.purchase import Purchase
from marketplace.partner.refusals import PriceChanged
from marketplace.partner.services import allocate_stock


def place_order(*, basket: Basket, purchase: Purchase, user: User | None, now: datetime) -> Order:
    """Turn the open basket into one order that awaits payment, and take its stock.

    All or nothing. The same token, or the same basket, leads to the order that was made first.
    Raises a Refusal that names the line, if it is about one, when the order would not be what
    the buyer was shown, or cannot be sold or delivered.
    """
    try:
        return place_once(basket, purchase, user, now)
    except IntegrityError:
        # The token or the basket was ordered in the same moment; now that can be seen.
        return place_once(basket, purchase, user, now)
    except BasketClosed:
        token = purchase.submission_token
        if placed := Order.objects.placed_from(token=token, basket_id=basket.pk):
            return placed
        raise BasketChanged(None) from None


@transaction.atomic
def place_once(basket: Basket, purchase: Purchase, user: User | None, now: datetime) -> Order:
    """Stock comes last: its rows are the ones that many buyers want at the same time."""
    if placed := Order.objects.placed_from(token=purchase.submission_token, basket_id=None):
        return placed
    hold(basket)
    person = Person(user_id=user.pk if user else None, mobile=purchase.destination.mobile)
    contents = contents_of(
        basket=Basket(pk=basket.pk, voucher_code=purchase.voucher_code),
        region_code=purchase.destination.region.pk,
        person=person,
        now=now,
    )
    check_purchase(contents, purchase)
    order = write_order(basket, purchase, user, contents, now)
    lines = write_parcels(order, contents, purchase.notes, now)
    if contents.discounts.rows:
        write_discounts(order, contents.discounts, purchase.voucher_code, lines)
        take_uses(order_id=order.pk, discounts=contents.discounts, person=person, now=now)
    Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED, date_submitted=now)
    carry_over_saved(basket=basket)
    write_notice(order=order, notice=Notice.PLACED)
    allocate_stock(lines=contents.lines, day=timezone.localdate(now))
    return order


def check_purchase(contents: Contents, purchase: Purchase) -> None:
    """Raise the Refusal that says how the basket differs from what the buyer agreed to."""
    lines = contents.lines
    if not lines or {line.pk for line in lines} != purchase.seen.keys():
        raise BasketChanged(None)
    for line in lines:
        check_line(line, purchase)
    if purchase.shown_total != contents.total:
        raise TotalChanged(why=contents.discounts.problem)


def check_line(line: BasketLine, purchase: Purchase) -> None:
    seen = purchase.seen[line.pk]
    if line.quantity != seen.quantity:
        raise BasketChanged(line)
    if line.refusal:
        raise line.refusal
    if line.price != seen.price:
        raise PriceChanged(line)
    if line.needs_consent and line.pk not in purchase.consents:
        raise ConsentMissing(line)
