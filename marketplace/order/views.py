"""The order's page, for whoever holds its signed link, and the list of one's own orders."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from marketplace.basket.visitor import remember, visitor_of
from marketplace.order.again import buy_again
from marketplace.order.links import order_behind, order_path
from marketplace.order.listing import rows_of
from marketplace.order.models import Order
from marketplace.order.pages import order_page
from marketplace.order.policy import leads_to_payment
from marketplace.order.querysets import OrderQuerySet
from marketplace.order.services import MoveRefused, confirm_delivery

ORDERS_PER_PAGE = 10


@never_cache
@leads_to_payment
def page(request: HttpRequest, signed: str) -> HttpResponse:
    order = find_order(signed)
    context = order_page(order, outcome=request.GET.get("payment", ""), now=timezone.now())
    own = request.user.is_authenticated and order.user_id == request.user.pk
    return render(request, "order/page.html", context | {"signed": signed, "is_own": own})


@never_cache
def again(request: HttpRequest, signed: str) -> HttpResponse:
    """Put what is still for sale into the basket; say what is not, and why."""
    order = find_order(signed)
    if request.method != "POST":
        return redirect(order_path(order))
    result = buy_again(order=order, visitor=visitor_of(request), day=timezone.localdate())
    for words in result.problems:
        messages.warning(request, words)
    if result.basket is None:
        return redirect(order_path(order))
    response = redirect("basket:summary")
    remember(response, result.basket)
    return response


@never_cache
def received(request: HttpRequest, signed: str, pk: int) -> HttpResponse:
    """The buyer says that a parcel has arrived; who is signed in is noted."""
    order = find_order(signed)
    parcel = next((one for one in order.consignments.all() if one.pk == pk), None)
    if parcel is None:
        raise Http404
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else None
        try:
            confirm_delivery(consignment=parcel, by=by, now=timezone.now())
        except MoveRefused as refusal:
            messages.warning(request, refusal.words)
    return redirect(order_path(order))


@never_cache
@login_required(login_url="account_login")
def my_orders(request: HttpRequest) -> HttpResponse:
    orders = Order.objects.of_user(request.user.pk).for_list()
    shown = Paginator(orders, ORDERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "orders": rows_of(shown, now=timezone.now())}
    return render(request, "order/list.html", context)


def find_order(signed: str, orders: OrderQuerySet | None = None) -> Order:
    """The order behind a link, read for its page or from `orders`."""
    try:
        return order_behind(signed, Order.objects.for_page() if orders is None else orders)
    except Order.DoesNotExist as error:
        raise Http404 from error
