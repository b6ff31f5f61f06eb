"""Vouchers and offers for everybody: the list, making one, ending one."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.dashboard.access import operators_only
from marketplace.dashboard.offers.forms import SITE, OfferForm, TermsForm, VoucherForm
from marketplace.dashboard.offers.listing import Row, offer_row, read_offers, voucher_row
from marketplace.offer.campaigns import create_offer, create_voucher, end_offer
from marketplace.offer.models import ConditionalOffer
from marketplace.voucher.models import Voucher
from marketplace.voucher.services import end_voucher

both_ways = require_http_methods(["GET", "HEAD", "POST"])


@operators_only
@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    found = read_offers(params=request.GET, path=request.path, now=timezone.now())
    return render(request, "dashboard/offers/list.html", {"found": found, "door": "offers"})


@operators_only
@both_ways
def make_voucher(request: HttpRequest) -> HttpResponse:
    form = VoucherForm(request.POST or None)

    def make() -> None:
        create_voucher(
            code=form.cleaned_data["code"],
            terms=form.terms,
            begins=form.begins_at,
            ends=form.ends_at,
            limit_total=form.cleaned_data["limit_total"],
            limit_per_person=form.cleaned_data["limit_per_person"],
            by=request.user,
            now=timezone.now(),
        )

    return make_with(request, form, make, heading=_("A new voucher"), back=list_path())


@operators_only
@both_ways
def make_offer(request: HttpRequest) -> HttpResponse:
    form = OfferForm(request.POST or None)

    def make() -> None:
        create_offer(
            terms=form.terms,
            begins=form.begins_at,
            ends=form.ends_at,
            limit_total=form.cleaned_data["limit_total"],
            priority=form.cleaned_data["priority"] or 0,
            exclusive=form.cleaned_data["exclusive"],
            by=request.user,
            now=timezone.now(),
        )

    return make_with(request, form, make, heading=_("A new offer"), back=list_path(SITE))


@operators_only
@both_ways
def end_a_voucher(request: HttpRequest, pk: int) -> HttpResponse:
    voucher = get_object_or_404(Voucher.objects.for_table(), pk=pk)
    return end_with(
        request,
        voucher_row(voucher, timezone.now()),
        lambda: end_voucher(voucher=voucher, by=request.user, now=timezone.now()),
        back=list_path(),
    )


@operators_only
@both_ways
def end_an_offer(request: HttpRequest, pk: int) -> HttpResponse:
    offer = get_object_or_404(ConditionalOffer.objects.for_table(), pk=pk)
    return end_with(
        request,
        offer_row(offer, timezone.now()),
        lambda: end_offer(offer=offer, by=request.user, now=timezone.now()),
        back=list_path(SITE),
    )


def list_path(kind: str = "") -> str:
    path = reverse("backoffice:offers")
    return f"{path}?kind={kind}" if kind else path


def make_with(
    request: HttpRequest, form: TermsForm, make: Callable[[], None], *, heading: str, back: str
) -> HttpResponse:
    """The form, or the list once it is made; what the service refuses stands beside its field."""
    if form.is_valid():
        try:
            make()
        except ValidationError as refusal:
            form.complain(refusal)
        else:
            messages.success(request, _("Made."))
            return redirect(back)
    context = {"form": form, "heading": heading, "back": back, "door": "offers"}
    return render(request, "dashboard/offers/new.html", context)


def end_with(request: HttpRequest, row: Row, end: Callable[[], None], *, back: str) -> HttpResponse:
    """Asks first; what has ended already leads back to the list."""
    if row.has_ended:
        return redirect(back)
    if request.method == "POST":
        end()
        messages.success(request, _("Ended. Orders that used it stay as they are."))
        return redirect(back)
    return render(
        request, "dashboard/offers/end.html", {"row": row, "back": back, "door": "offers"}
    )
