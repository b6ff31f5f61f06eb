"""Giving money back from the back office: filled in, looked at once more, written down."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.accounts.models import User
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.orders.detail import OrderPage
from marketplace.dashboard.orders.views import read_page
from marketplace.dashboard.refunds.forms import RefundForm
from marketplace.payment.models import Payment, Refund
from marketplace.payment.refunds import RefundRefused, Request, request_refund

FORM, LOOK, NOT_NOW = (f"dashboard/refunds/{name}.html" for name in ("form", "look", "not_now"))


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, number: str) -> HttpResponse:
    """Filled in first, then shown with its sum, then confirmed. What was confirmed before, by a
    double click, by going back or by loading again, leads to the refund that it made."""
    page = read_page(number)
    form = RefundForm(request.POST or None, page.parcels)
    if made := made_before(page.payment, form):
        return lead_to(request, made)
    if not page.may_be_refunded:
        return show(request, NOT_NOW, page, form)
    step = request.POST.get("step")
    if request.method != "POST" or step == "change" or not form.is_valid():
        return show(request, FORM, page, form)
    if step != "confirm":
        return show(request, LOOK, page, form)
    return write_down(request, page, form)


def show(
    request: HttpRequest, template: str, page: OrderPage, form: RefundForm, status: int = 200
) -> HttpResponse:
    context = {"page": page, "form": form, "door": "orders"}
    return render(request, template, context, status=status)


def write_down(request: HttpRequest, page: OrderPage, form: RefundForm) -> HttpResponse:
    try:
        made = ask_for(page.payment, form, request.user)
    except RefundRefused as refusal:
        form.add_error(None, refusal.words)
        return show(request, FORM, page, form, status=409)
    words = _("Written down: ¥%(amount)s goes back. The buyer gets a mail when it is done.")
    messages.success(request, words % {"amount": f"{made.amount:,.2f}"})
    return redirect("backoffice:order", page.order.number)


def ask_for(payment: Payment, form: RefundForm, by: User) -> Refund:
    """Raises RefundRefused, also for a token that was used for another order."""
    asked = Request(str(form.cleaned_data["token"]), form.cleaned_data["reason"], by)
    now = timezone.now()
    made = request_refund(payment_id=payment.pk, wish=form.wish, request=asked, now=now)
    if made.payment_id != payment.pk:
        raise RefundRefused
    return made


def made_before(payment: Payment | None, form: RefundForm) -> Refund | None:
    """The refund that this form has made already."""
    form.is_valid()
    token = getattr(form, "cleaned_data", {}).get("token")
    if payment is None or token is None:
        return None
    return payment.refunds.filter(token=str(token)).first()


def lead_to(request: HttpRequest, made: Refund) -> HttpResponse:
    words = _("This refund of ¥%(amount)s is written down already; it is not made twice.")
    messages.success(request, words % {"amount": f"{made.amount:,.2f}"})
    return redirect("backoffice:order", made.payment.order.number)
