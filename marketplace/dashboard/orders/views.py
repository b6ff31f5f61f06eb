"""Orders in the back office: found, read, cancelled, printed."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.models import User
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.orders.detail import OrderPage
from marketplace.dashboard.orders.forms import CancelForm
from marketplace.dashboard.orders.ledger import read_ledger
from marketplace.dashboard.orders.listing import read_orders
from marketplace.dashboard.orders.querysets import for_reading
from marketplace.order.models import Consignment, Order
from marketplace.order.services import MoveRefused, confirm_delivery
from marketplace.order.states import State
from marketplace.payment.cancelling import cancel_paid_order
from marketplace.payment.expiry import AlreadyPaid, NotCancelled, cancel_order
from marketplace.payment.gateway import GatewayDown, GatewayRefused


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    found = read_orders(params=request.GET, path=request.path, now=timezone.now())
    return render(request, "dashboard/orders/list.html", {"found": found, "door": "orders"})


@operators_only
@require_safe
def show_order(request: HttpRequest, number: str) -> HttpResponse:
    page = read_page(number)
    context = {"page": page, "ledger": read_ledger(page.order), "door": "orders"}
    return render(request, "dashboard/orders/detail.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Says what goes back and asks for the reason; what cannot be cancelled says why.

    What has become something else since the page was shown is shown again instead.
    """
    page, form, status = read_page(number), CancelForm(request.POST or None), 200
    if request.method == "POST" and page.cancelling and form.is_valid():
        shown, reason = form.cleaned_data["shown"], form.cleaned_data["reason"]
        problem = try_to_cancel(page, shown, request.user, reason)
        if not problem:
            messages.success(request, cancelled_words(page.goes_back))
            return redirect("backoffice:order", number)
        form.add_error(None, problem)
        page, status = read_page(number), 409
    context = {"page": page, "form": form, "door": "orders"}
    return render(request, "dashboard/orders/cancel.html", context, status=status)


def read_page(number: str) -> OrderPage:
    order = get_object_or_404(for_reading(Order.objects.all()), number=number)
    return OrderPage(order, timezone.now())


def cancelled_words(goes_back: Decimal) -> str:
    if not goes_back:
        return _("The order is cancelled, its goods are free again.")
    words = _("The order is cancelled, its goods are free again, and ¥%(amount)s goes back.")
    return words % {"amount": f"{goes_back:,.2f}"}


def try_to_cancel(page: OrderPage, shown: str, by: User, reason: str) -> str:
    """Cancel what was shown, or say in words why the order stays."""
    was_paid = _(
        "The order was paid meanwhile. Nothing is cancelled: look at what would go back now."
    )
    if shown != page.cancelling:
        return was_paid
    cancel_it = cancel_order if shown == State.AWAITING_PAYMENT else cancel_paid_order
    try:
        cancel_it(order=page.order, by=by, reason=reason, now=timezone.now())
    except AlreadyPaid:
        return was_paid
    except NotCancelled as refusal:
        return refusal.words
    except (GatewayDown, GatewayRefused):
        return _(
            "The payment service does not answer, so nobody knows whether the buyer is paying "
            "just now. The order stays; try again in a minute."
        )
    return ""


@operators_only
@require_safe
def print_packing(request: HttpRequest, number: str, pk: int | None = None) -> HttpResponse:
    """The packing lists of an order's parcels, or of one of them, each on its own sheet."""
    page = read_page(number)
    sheets = [parcel for parcel in page.parcels if pk in (None, parcel.consignment.pk)]
    if not sheets:
        raise Http404
    context = {"page": page, "sheets": sheets, "door": "orders"}
    return render(request, "dashboard/orders/packing.html", context)


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Note that a parcel has arrived, as the carrier says. Only looking leads to its order."""
    parcel = get_object_or_404(Consignment, pk=pk, order__number=number)
    if request.method != "POST":
        return redirect("backoffice:order", number)
    try:
        confirm_delivery(consignment=parcel, by=request.user, now=timezone.now())
    except MoveRefused as refusal:
        messages.warning(request, refusal.words)
    else:
        messages.success(request, _("Noted as arrived."))
    return redirect("backoffice:order", number)
