"""The small requests that change a line of the basket."""

import re
from collections.abc import Callable
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from marketplace.basket.models import Basket, Line
from marketplace.basket.saving import return_line, save_line
from marketplace.basket.services import accept_price, forget_merge, remove_line, set_quantity
from marketplace.basket.views.page import changed, changes_basket, refused
from marketplace.partner.refusals import Refusal
from marketplace.typed import read_number

PRICE = re.compile(r"[0-9]{1,9}\.[0-9]{2}")


@changes_basket
def set_line(request: HttpRequest, basket: Basket, line_id: int) -> HttpResponse:
    return to_number(set_quantity, request, basket, line_id)


@changes_basket
def take_out(request: HttpRequest, basket: Basket, line_id: int) -> HttpResponse:
    line = remove_line(basket=basket, line_id=line_id)
    later = {"later": 1} if line.saved else {}
    return changed(request, taken=line.product_id, quantity=line.quantity, **later)


@changes_basket
def save(request: HttpRequest, basket: Basket, line_id: int) -> HttpResponse:
    save_line(basket=basket, line_id=line_id)
    return changed(request)


@changes_basket
def bring_back(request: HttpRequest, basket: Basket, line_id: int) -> HttpResponse:
    return to_number(return_line, request, basket, line_id)


def to_number(
    write: Callable[..., Line], request: HttpRequest, basket: Basket, line_id: int
) -> HttpResponse:
    """Write the line with the number that was typed, or say beside it why not."""
    typed = request.POST.get("quantity", "")
    number, day = read_number(typed), timezone.localdate()
    try:
        write(basket=basket, line_id=line_id, quantity=number, day=day)
    except Refusal as refusal:
        return refused(request, basket, line_id, refusal, typed)
    return changed(request)


@changes_basket
def accept(request: HttpRequest, basket: Basket, line_id: int) -> HttpResponse:
    typed = request.POST.get("price", "")
    price = Decimal(typed) if PRICE.fullmatch(typed) else None
    accept_price(basket=basket, line_id=line_id, price=price)
    return changed(request)


@changes_basket
def read_merge(request: HttpRequest, basket: Basket) -> HttpResponse:
    forget_merge(basket=basket)
    return changed(request)
