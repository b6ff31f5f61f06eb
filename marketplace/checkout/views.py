"""The confirm page: everything about the order on one page with one button."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from marketplace.address.refusals import TooManyAddresses
from marketplace.address.services import keep_address
from marketplace.basket.contents import Contents, contents_of
from marketplace.basket.models import Basket
from marketplace.basket.refusals import BasketClosed, UnknownVoucher
from marketplace.basket.services import find_basket, last_ordered, remove_voucher, set_voucher
from marketplace.basket.visitor import visitor_of
from marketplace.checkout.forms import ConfirmForm
from marketplace.checkout.pages import confirm_page
from marketplace.checkout.receiving import Receiving, read_receiving
from marketplace.offer.services import Person
from marketplace.order.models import Order
from marketplace.order.policy import leads_to_payment
from marketplace.order.services import place_order
from marketplace.partner.refusals import Refusal
from marketplace.payment.views import go_to_payment
from marketplace.shipping.destination import region_code_of, remember_region

LONGEST_CODE = 40


@never_cache
@leads_to_payment
def confirm(request: HttpRequest) -> HttpResponse:
    """Show the page; when it is sent, place the order and go on to pay.

    With `next` only a part of the page is wanted: the next list of regions, the fields of a
    pasted address, parcels and sum for another place or with a voucher.
    """
    is_sent = request.method == "POST" and "next" not in request.POST
    basket = find_basket(visitor=visitor_of(request))
    voucher = change_voucher(request, basket) if basket else {}
    if is_sent and (placed := placed_before(request, basket)):
        return go_to_payment(request, placed, request.POST.get("method", ""))
    receiving = read_receiving(request)
    contents = contents_to(request, basket, receiving)
    if not contents.lines:
        return to_basket(request)
    if not is_sent:
        return show(request, basket, form_for(request, contents, receiving), **voucher)
    form = sent_form(request, contents, receiving)
    if not form.is_valid():
        return show(request, basket, form, status=422)
    return submit(request, basket, form)


def change_voucher(request: HttpRequest, basket: Basket) -> dict[str, str]:
    """Use the code that is asked for, or take it away; what the page says of an unknown one."""
    asked, typed = request.POST.get("next"), request.POST.get("code", "")
    if asked not in ("voucher", "no-voucher"):
        return {}
    try:
        if asked == "voucher":
            set_voucher(basket=basket, code=typed)
        else:
            remove_voucher(basket=basket)
    except UnknownVoucher as refusal:
        return {"voucher_typed": typed[:LONGEST_CODE], "voucher_problem": refusal.words}
    except BasketClosed as error:
        raise Http404 from error
    basket.refresh_from_db(fields=["voucher_code"])
    return {}


def contents_to(request: HttpRequest, basket: Basket | None, receiving: Receiving) -> Contents:
    return contents_of(
        basket=basket,
        region_code=quoted_region(request, receiving),
        person=Person(user_id=request.user.pk, mobile=receiving.mobile),
        now=timezone.now(),
    )


def quoted_region(request: HttpRequest, receiving: Receiving) -> str:
    """Where the parcels on the page go: the chosen place, until then the one chosen before."""
    return receiving.region_code or region_code_of(request)


def submit(request: HttpRequest, basket: Basket, form: ConfirmForm) -> HttpResponse:
    user = None if is_guest(request) else request.user
    purchase = form.purchase(voucher_code=basket.voucher_code)
    try:
        order = place_order(basket=basket, purchase=purchase, user=user, now=timezone.now())
    except Refusal as refusal:
        return refused(request, basket, refusal)
    if form.cleaned_data.get("keep") and form.receiving.chosen is None:
        keep_if_room(request, form.receiving)
    response = go_to_payment(request, order, form.cleaned_data["method"])
    remember_region(response, purchase.destination.district)
    return response


def keep_if_room(request: HttpRequest, receiving: Receiving) -> None:
    """The order stands even when the address was one too many."""
    try:
        keep_address(user=request.user, destination=receiving.destination())
    except TooManyAddresses:
        return


def refused(request: HttpRequest, basket: Basket, refusal: Refusal) -> HttpResponse:
    """The page as things are now, with the reason beside the line that is the trouble."""
    receiving = read_receiving(request)
    contents = contents_to(request, basket, receiving)
    if not contents.lines:
        return to_basket(request)
    form = sent_form(request, contents, receiving)
    form.full_clean()
    if refusal.line is None:
        form.add_error(None, refusal.words)
    else:
        contents.mark(refusal.line.pk, refusal.words)
    return show(request, basket, form, status=409)


def placed_before(request: HttpRequest, basket: Basket | None) -> Order | None:
    """The order that this very page, or another one for the same basket, has made already."""
    basket_id = last_ordered(visitor=visitor_of(request)) if basket is None else None
    token = request.POST.get("submission_token", "")
    return Order.objects.placed_from(token=token, basket_id=basket_id)


def sent_form(request: HttpRequest, contents: Contents, receiving: Receiving) -> ConfirmForm:
    return ConfirmForm(
        request.POST, contents=contents, receiving=receiving, guest=is_guest(request)
    )


def form_for(request: HttpRequest, contents: Contents, receiving: Receiving) -> ConfirmForm:
    """An empty form, or what has been typed so far when only a part of the page was asked for."""
    typed = request.POST.dict()
    if not is_guest(request):
        typed.setdefault("email", request.user.email or "")
    return ConfirmForm(
        initial=typed, contents=contents, receiving=receiving, guest=is_guest(request)
    )


def show(
    request: HttpRequest, basket: Basket, form: ConfirmForm, status: int = 200, **more: str
) -> HttpResponse:
    template = "checkout/updates.html" if request.htmx else "checkout/confirm.html"
    context = confirm_page(form, quoted_region(request, form.receiving), basket.voucher_code)
    context |= {"asked": request.POST.get("next", ""), **more}
    return render(request, template, context, status=status)


def to_basket(request: HttpRequest) -> HttpResponse:
    if request.htmx:
        return HttpResponseClientRedirect(reverse("basket:summary"))
    return redirect("basket:summary")


def is_guest(request: HttpRequest) -> bool:
    return not request.user.is_authenticated
