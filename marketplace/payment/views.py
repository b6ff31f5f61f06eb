"""Going to pay, coming back, and Stripe's messages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from marketplace.order.links import order_behind, order_path, sign
from marketplace.order.models import Order
from marketplace.order.policy import holds_payment_element
from marketplace.payment.cancelling import AlreadySent, cancel_paid_order
from marketplace.payment.expiry import AlreadyPaid, NotCancelled, PaymentUnderWay, cancel_order
from marketplace.payment.gateway import (
    METHODS,
    ForgedEvent,
    GatewayDown,
    GatewayRefused,
    Method,
)
from marketplace.payment.models import Payment
from marketplace.payment.pages import (
    REDIRECTING,
    SPENT,
    has_payment_element,
    payment_page,
    takes_method,
)
from marketplace.payment.returning import Visit, count_of, look
from marketplace.payment.services import NotPayable, open_intent, start_payment
from marketplace.payment.webhooks import receive_event

DEFAULT_METHOD: Method = "alipay"
NOT_STARTED: dict[type[Exception], str] = {
    NotPayable: "",
    GatewayDown: "unreachable",
    GatewayRefused: "refused",
}
NOT_CANCELLED: dict[type[NotCancelled], str] = {
    AlreadyPaid: "paid_meanwhile",
    AlreadySent: "already_sent",
    PaymentUnderWay: "under_way",
}


@never_cache
def pay(request: HttpRequest, signed: str) -> HttpResponse:
    """Sent: on to pay. Looked at: Payment Element where there is one, else the order."""
    if request.method == "POST":
        return go_to_payment(request, find_order(signed), request.POST.get("method", ""))
    order = find_order(signed, for_page=True)
    return show_payment(request, order) if has_payment_element() else to_order(order)


def go_to_payment(request: HttpRequest, order: Order, method: str) -> HttpResponse:
    """To our pay page with real keys, else straight to where the method is paid."""
    method = method_named(method)
    if has_payment_element():
        return redirect(address("payment:pay", order, method=method))
    if not takes_method(method):
        return to_order(order, "no_card")
    return leave_for_payment(request, order, method)


@holds_payment_element
def show_payment(request: HttpRequest, order: Order) -> HttpResponse:
    """The pay page over the order's one intent; the order's page when it cannot be paid now."""
    now = timezone.now()
    try:
        intent = open_intent(order=order, now=now)
    except tuple(NOT_STARTED) as problem:
        return to_order(order, NOT_STARTED[type(problem)])
    if intent.status in SPENT:
        return redirect(address("payment:return", order))
    method = method_named(request.GET.get("method", ""))
    context = payment_page(order=order, intent=intent, method=method, now=now)
    back = request.build_absolute_uri(address("payment:return", order))
    return render(request, "payment/pay.html", context | {"signed": sign(order), "back": back})


@never_cache
@require_POST
def pay_away(request: HttpRequest, signed: str) -> HttpResponse:
    """The way without Payment Element: by a method that has a page of its own."""
    method = request.POST.get("method", "")
    method = method if method in REDIRECTING else DEFAULT_METHOD
    return leave_for_payment(request, find_order(signed), method)


def leave_for_payment(request: HttpRequest, order: Order, method: Method) -> HttpResponse:
    """To the payment page; to the order's page, with the reason, when that cannot be.

    With real keys by way of a page of ours: see leads_to_payment.
    """
    back = request.build_absolute_uri(address("payment:return", order))
    try:
        page = start_payment(order=order, method=method, return_url=back, now=timezone.now())
    except tuple(NOT_STARTED) as problem:
        return to_order(order, NOT_STARTED[type(problem)])
    if settings.DEMO_PAYMENT_SERVER or page == back:
        return redirect(page)
    return render(request, "payment/onward.html", {"order": order, "page": page, "method": method})


@never_cache
def cancel(request: HttpRequest, signed: str) -> HttpResponse:
    """The buyer takes the order back, before paying or after it; who is signed in is noted.

    What the page showed is named, so that nobody cancels a paid order by surprise.
    """
    order = find_order(signed)
    if request.method != "POST":
        return to_order(order)
    by = request.user if request.user.is_authenticated else None
    take_back = cancel_paid_order if request.POST.get("shown") == "paid" else cancel_order
    try:
        take_back(order=order, by=by, reason="", now=timezone.now())
    except NotCancelled as refusal:
        return to_order(order, NOT_CANCELLED.get(type(refusal), ""))
    except (GatewayDown, GatewayRefused):
        return to_order(order, "unreachable")
    return to_order(order)


@never_cache
def come_back(request: HttpRequest, signed: str) -> HttpResponse:
    """From the payment page: the order, or while its payment is open a page that asks again."""
    order = find_order(signed)
    payment = Payment.objects.filter(order=order).first()
    if payment is None:
        return to_order(order)
    answer = look(payment=payment, now=timezone.now())
    visit = Visit(answer, count_of(request.GET.get("asked", "")))
    if visit.goes_on or visit.is_slow:
        return wait(request, order, visit)
    end = to_order(order, visit.outcome)
    return HttpResponseClientRedirect(end.url) if request.htmx else end


def wait(request: HttpRequest, order: Order, visit: Visit) -> HttpResponse:
    template = "payment/asking.html" if request.htmx else "payment/waiting.html"
    context = {"order": order, "signed": sign(order), "visit": visit}
    return render(request, template, context)


def method_named(name: str) -> Method:
    return name if name in METHODS else DEFAULT_METHOD


def find_order(signed: str, *, for_page: bool = False) -> Order:
    try:
        return order_behind(signed, Order.objects.for_page() if for_page else None)
    except Order.DoesNotExist as error:
        raise Http404 from error


def address(name: str, order: Order, **query: str) -> str:
    path = reverse(name, args=[sign(order)])
    return f"{path}?{urlencode(query)}" if query else path


def to_order(order: Order, payment: str = "") -> HttpResponseRedirect:
    query = "?" + urlencode({"payment": payment}) if payment else ""
    return redirect(order_path(order) + query)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Answered as soon as the message is kept; a forged one is refused and leaves no trace."""
    try:
        receive_event(payload=request.body, signature=request.headers.get("Stripe-Signature", ""))
    except ForgedEvent:
        return HttpResponse(status=400)
    return HttpResponse()
