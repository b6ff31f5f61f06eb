"""One payout, step by step, and one bank account to confirm."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.accounts.models import User
from marketplace.dashboard.access import operators_only
from marketplace.dashboard.settlement.forms import PaidForm, ReasonForm
from marketplace.dashboard.settlement.payouts import PayoutOnPage
from marketplace.settlement import services
from marketplace.settlement.models import BankAccount, Payout
from marketplace.settlement.refusals import AccountRefused, PayoutRefused

DOOR = {"door": "payouts"}
both_ways = require_http_methods(["GET", "HEAD", "POST"])
WITH_REASON: dict[str, Callable[..., Payout]] = {
    "reject": services.reject,
    "withdraw": services.withdraw,
    "return": services.mark_returned,
}


@operators_only
@both_ways
def show_payout(request: HttpRequest, pk: int) -> HttpResponse:
    """The button's `do` says which step is asked for; what was typed for it is kept."""
    payout = get_object_or_404(Payout.objects.for_office(), pk=pk)
    do, problem = request.POST.get("do", ""), ""
    forms_ = {"paid": paid_form(request, payout, do), "reason": reason_form(request, do)}
    if request.method == "POST":
        form = forms_["paid"] if do == "paid" else forms_["reason"] if do in WITH_REASON else None
        if form is None or form.is_valid():
            problem = take_step(do, payout, form, request.user)
            if not problem:
                messages.success(request, _("Done, and written down."))
                return redirect("backoffice:payout", pk)
            payout = Payout.objects.for_office().get(pk=pk)
    row = PayoutOnPage(payout, request.user)
    context = {"row": row, "payout": payout, "problem": problem, "do": do, **forms_, **DOOR}
    status = 409 if problem else 200
    return render(request, "dashboard/settlement/payout.html", context, status=status)


def paid_form(request: HttpRequest, payout: Payout, do: str) -> PaidForm:
    data = request.POST if do == "paid" else None
    first_day = timezone.localdate(payout.proposed_at)
    return PaidForm(data, first_day=first_day, today=timezone.localdate())


def reason_form(request: HttpRequest, do: str) -> ReasonForm:
    return ReasonForm(request.POST if do in WITH_REASON else None)


def take_step(do: str, payout: Payout, form: forms.Form | None, by: User) -> str:
    """Take it, or say in words why not."""
    about = {"payout_id": payout.pk, "by": by, "now": timezone.now()}
    try:
        if do == "approve":
            services.approve(**about)
        elif do == "paid":
            services.mark_paid(**about, **form.cleaned_data)
        elif do in WITH_REASON:
            WITH_REASON[do](**about, **form.cleaned_data)
        else:
            return _("Choose what is to be done.")
    except PayoutRefused as refusal:
        return refusal.words
    return ""


@operators_only
@both_ways
def show_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Compared with its paper, then confirmed or refused."""
    account = get_object_or_404(
        BankAccount.objects.select_related("cooperative", "written_by", "decided_by"), pk=pk
    )
    do, problem = request.POST.get("do", ""), ""
    form = ReasonForm(request.POST if do == "refuse" else None)
    if request.method == "POST" and (do == "confirm" or form.is_valid()):
        reason = {"reason": form.cleaned_data["reason"]} if do == "refuse" else {}
        act = services.refuse_account if do == "refuse" else services.confirm_account
        try:
            act(account_id=pk, by=request.user, now=timezone.now(), **reason)
        except AccountRefused as refusal:
            problem = refusal.words
        else:
            messages.success(request, _("Done, and written down."))
            return redirect("backoffice:payouts")
    context = {"account": account, "reason": form, "problem": problem, "do": do, **DOOR}
    status = 409 if problem else 200
    return render(request, "dashboard/settlement/bank_account.html", context, status=status)
