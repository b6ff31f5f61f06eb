"""Payments in the back office: what a person must decide, refunds, comparing with Stripe."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.models import User
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.payments.comparing import (
    compare_url,
    read_comparisons,
    start_comparing,
)
from marketplace.dashboard.payments.findings import on_page
from marketplace.dashboard.payments.forms import DecideForm
from marketplace.dashboard.payments.listing import read_payments, read_refunds
from marketplace.dashboard.payments.refund_rows import RefundOnPage
from marketplace.payment.findings import decide
from marketplace.payment.models import Finding, Refund
from marketplace.payment.refunds import RefundRefused, try_again

DOOR = {"door": "payments"}
both_ways = require_http_methods(["GET", "HEAD", "POST"])


@operators_only
@require_safe
def show_payments(request: HttpRequest) -> HttpResponse:
    page = read_payments(params=QueryDict(), now=timezone.now())
    context = {"page": page, "form": DecideForm(auto_id=False), **DOOR}
    return render(request, "dashboard/payments/page.html", context)


@operators_only
@require_safe
def show_refunds(request: HttpRequest) -> HttpResponse:
    found = read_refunds(params=request.GET, path=request.path)
    return render(request, "dashboard/payments/refunds.html", {"found": found, **DOOR})


@operators_only
@both_ways
def show_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding, and what is decided about it."""
    finding = get_object_or_404(Finding.objects.select_related("closed_by"), pk=pk)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        settled = decide(
            finding_id=pk, note=form.cleaned_data["note"], by=request.user, now=timezone.now()
        )
        if settled:
            messages.success(request, _("Decided, and written down."))
            return redirect("backoffice:payments")
        messages.warning(request, _("Somebody has closed this meanwhile. Nothing was changed."))
        return redirect("backoffice:finding", pk)
    context = {"row": on_page([finding])[0], "form": form, **DOOR}
    return render(request, "dashboard/payments/finding_page.html", context)


@operators_only
@both_ways
def try_refund_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, except from a button that says it."""
    refund = get_object_or_404(Refund.objects.for_office(), pk=pk)
    problem = ""
    if request.method == "POST":
        problem = try_once_more(refund, request.user)
        if not problem:
            messages.success(request, _("The refund is on its way again."))
            return redirect("backoffice:order", refund.payment.order.number)
    context = {"row": RefundOnPage(refund), "problem": problem, **DOOR}
    status = 409 if problem else 200
    return render(request, "dashboard/payments/again.html", context, status=status)


def try_once_more(refund: Refund, by: User) -> str:
    """Try, or say in words why not."""
    try:
        try_again(refund_id=refund.pk, by=by, now=timezone.now())
    except RefundRefused as refusal:
        return refusal.words
    return ""


@operators_only
@both_ways
def compare(request: HttpRequest) -> HttpResponse:
    """What the last comparisons brought; a POST begins one and leads to where it is awaited."""
    now = timezone.now()
    if request.method == "POST":
        begun = start_comparing(now=now)
        return redirect(compare_url(begun.awaited, 0))
    comparisons = read_comparisons(params=request.GET, now=now)
    return render(request, "dashboard/payments/compare.html", {"runs": comparisons, **DOOR})
