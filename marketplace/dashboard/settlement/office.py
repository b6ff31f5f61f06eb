"""The operator's payouts: proposing many at once, the bank file, the list of all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.dashboard.access import operators_only
from marketplace.dashboard.settlement.forms import ProposeForm, amount_of
from marketplace.dashboard.settlement.payouts import bank_table, read_all_payouts, read_payouts
from marketplace.dashboard.settlement.views import as_file
from marketplace.settlement.csv_files import write_csv
from marketplace.settlement.models import BankFile
from marketplace.settlement.refusals import OfCooperative, PayoutRefused
from marketplace.settlement.services import make_bank_file, propose_payouts

DOOR = {"door": "payouts"}


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_payouts(request: HttpRequest) -> HttpResponse:
    page = read_payouts(request.user)
    form = ProposeForm(request.POST or None, page.candidates)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_payouts(amounts=form.amounts, by=request.user, now=timezone.now())
        except PayoutRefused as refusal:
            complain(form, refusal)
            status = 409
        else:
            messages.success(request, proposed_words(len(made)))
            return redirect("backoffice:payouts")
    context = {"page": page, "form": form, **DOOR}
    return render(request, "dashboard/settlement/payouts.html", context, status=status)


def complain(form: ProposeForm, refusal: PayoutRefused) -> None:
    """Beside the amount of the cooperative that it is about."""
    about = isinstance(refusal, OfCooperative) and refusal.cooperative.pk
    places = {one.cooperative.pk: amount_of(one) for one in form.candidates}
    form.add_error(places.get(about), refusal.words)


def proposed_words(count: int) -> str:
    words = ngettext(
        "%(count)s payout proposed. Another operator approves it now.",
        "%(count)s payouts proposed. Another operator approves them now.",
        count,
    )
    return words % {"count": count}


@operators_only
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    found = read_all_payouts(params=request.GET, path=request.path)
    return render(request, "dashboard/settlement/all.html", {"found": found, **DOOR})


@operators_only
@require_POST
def make_file(request: HttpRequest) -> HttpResponse:
    made = make_bank_file(by=request.user, now=timezone.now())
    for refusal in made.left_out:
        messages.warning(request, refusal.words)
    if made.file:
        words = _("Bank file %(number)s is made. Download it and give it to the bank.")
        messages.success(request, words % {"number": made.file.number})
    elif not made.left_out:
        messages.warning(request, _("Nothing is approved that is not in a bank file yet."))
    return redirect("backoffice:payouts")


@operators_only
@require_safe
def download_file(_request: HttpRequest, pk: int) -> HttpResponse:
    file = get_object_or_404(BankFile, pk=pk)
    return as_file(write_csv(bank_table(file)), f"{file.number}.csv")
