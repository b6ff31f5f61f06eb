"""Typing a voucher's code and taking it away, from the basket or the confirm page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from marketplace.basket.models import Basket
from marketplace.basket.refusals import UnknownVoucher
from marketplace.basket.services import remove_voucher, set_voucher
from marketplace.basket.views.page import changed, changes_basket, show
from marketplace.return_path import on_this_site

# As many characters as the field takes.
TYPED = 40


@changes_basket
def apply(request: HttpRequest, basket: Basket) -> HttpResponse:
    typed = request.POST.get("code", "")
    try:
        set_voucher(basket=basket, code=typed)
    except UnknownVoucher as refusal:
        words = {"voucher_typed": typed[:TYPED], "voucher_problem": refusal.words}
        return show(request, basket, status=422, **words)
    return back(request)


@changes_basket
def remove(request: HttpRequest, basket: Basket) -> HttpResponse:
    remove_voucher(basket=basket)
    return back(request)


def back(request: HttpRequest) -> HttpResponse:
    """To `next` on this site, else the basket."""
    asked = on_this_site(request, request.POST.get("next"))
    return redirect(asked) if asked else changed(request)
