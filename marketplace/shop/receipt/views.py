"""The receipt of an order and its picture, for whoever may see the order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.order.models import Order
from marketplace.order.views import find_order
from marketplace.shop.receipt.asking import look_for_picture
from marketplace.shop.receipt.contents import Receipt, read_receipt
from marketplace.shop.receipt.keeping import find_picture
from marketplace.shop.receipt.poster import poster_of
from marketplace.shop.receipt.words import (
    as_of_words,
    column_rows,
    early_words,
    figure_words,
    nobody_named,
)


@never_cache
@require_safe
def show_receipt(request: HttpRequest, signed: str) -> HttpResponse:
    order = find_order(signed, Order.objects.for_receipt())
    receipt = read_receipt(order=order, now=timezone.now())
    own = request.user.is_authenticated and order.user_id == request.user.pk
    context = {"order": order, "signed": signed, "receipt": receipt, "is_own": own}
    context |= ready_context(order, receipt) if receipt.parts else {"early": early_words(receipt)}
    return render(request, "shop/receipt/page.html", context)


def ready_context(order: Order, receipt: Receipt) -> dict[str, object]:
    edition = receipt.edition
    return {
        "look": look_for_picture(order=order, poster=poster_of(receipt), asked=""),
        "parts": [
            (part, column_rows(part), figure_words(part.figures, edition)) for part in receipt.parts
        ],
        "as_of": as_of_words(edition) if edition else "",
        "nobody_named": nobody_named(),
    }


@never_cache
@require_safe
def show_state(request: HttpRequest, signed: str) -> HttpResponse:
    """Asked for by the page until the picture is there; without a script, the page itself."""
    order = find_order(signed, Order.objects.for_receipt())
    receipt = read_receipt(order=order, now=timezone.now())
    if not request.htmx or not receipt.parts:
        return redirect("receipt:page", signed)
    asked = request.GET.get("asked", "")
    look = look_for_picture(order=order, poster=poster_of(receipt), asked=asked)
    return render(request, "shop/receipt/picture.html", {"look": look, "signed": signed})


@never_cache
@require_safe
def hand_out(request: HttpRequest, signed: str) -> HttpResponse:
    """The picture; to the page, which has it drawn, when it is not there."""
    order = find_order(signed, Order.objects.for_receipt())
    receipt = read_receipt(order=order, now=timezone.now())
    picture = find_picture(poster_of(receipt)) if receipt.parts else None
    if picture is None:
        return redirect("receipt:page", signed)
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Content-Disposition"] = 'inline; filename="yinshan-receipt.jpg"'
    return response
