"""Saving for later: such lines neither count nor are ordered, and outlive the order."""

from datetime import date

from django.db import transaction

from catalog.models import Product
from marketplace.basket.models import Basket, Line
from marketplace.basket.refusals import BadQuantity
from marketplace.basket.services import (
    check_line,
    hold,
    know_price,
    line_of,
    open_basket,
)
from marketplace.basket.visitor import Visitor
from marketplace.partner.refusals import MOST_PACKS


@transaction.atomic
def save_line(*, basket: Basket, line_id: int) -> Line:
    """Put a line aside, on top of what is saved of the pack. Raises Line.DoesNotExist."""
    hold(basket)
    line = Line.objects.to_order().for_sale_check().get(basket=basket, pk=line_id)
    saved = line_of(basket, line.product, saved=True)
    saved.quantity = min(saved.quantity + line.quantity, MOST_PACKS)
    saved.price_currency = line.price_currency
    saved.price_incl_tax = saved.price_excl_tax = line.price_incl_tax
    saved.save()
    Line.objects.filter(pk=line.pk).delete()
    return saved


@transaction.atomic
def return_line(*, basket: Basket, line_id: int, quantity: int, day: date) -> Line:
    """Put a saved line back, `quantity` packs on top of those in the basket.

    Raises a Refusal as add_pack does and leaves it saved, or Line.DoesNotExist. The price that
    the buyer knows is still the one from before.
    """
    hold(basket)
    saved = Line.objects.filter(saved=True).for_sale_check().get(basket=basket, pk=line_id)
    if quantity < 1:
        raise BadQuantity(saved)
    line = line_of(basket, saved.product)
    line.quantity += quantity
    check_line(line, day)
    if line.pk is None:
        line.price_currency = saved.price_currency
        line.price_incl_tax = line.price_excl_tax = saved.price_incl_tax
    line.save()
    Line.objects.filter(pk=saved.pk).delete()
    return line


@transaction.atomic
def put_aside(*, visitor: Visitor, pack: Product, quantity: int) -> Line:
    """Save packs that were taken out a moment ago, whether they are for sale or not."""
    basket = open_basket(visitor=visitor)
    hold(basket)
    line = line_of(basket, pack, saved=True)
    if not 1 <= quantity <= MOST_PACKS:
        raise BadQuantity(line)
    line.quantity = min(line.quantity + quantity, MOST_PACKS)
    know_price(line)
    line.save()
    return line
