"""Putting goods in the basket, from any page and without a CSRF token."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django_htmx.http import trigger_client_event

from catalog.models import Product
from marketplace.basket.models import Line
from marketplace.basket.refusals import BasketClosed
from marketplace.basket.saving import put_aside
from marketplace.basket.services import put_in_basket
from marketplace.basket.views.page import read_basket, show
from marketplace.basket.visitor import remember, visitor_of
from marketplace.partner.refusals import Refusal
from marketplace.typed import read_number


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site sent the request; for the one form that has no CSRF token.

    Goods are added from pages that are the same for everybody and carry no cookie.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin", own) not in (own, *settings.CSRF_TRUSTED_ORIGINS)


@csrf_exempt
def add(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("basket:summary")
    if comes_from_elsewhere(request):
        raise PermissionDenied
    pack = get_object_or_404(
        Product.objects.select_related("parent"),
        pk=read_number(request.POST.get("pack", "")),
        structure=Product.CHILD,
    )
    try:
        line = put(request, pack)
    except Refusal as refusal:
        return not_added(request, pack, refusal.words, status=422)
    except BasketClosed:
        return not_added(request, pack, _("Not added. Please try once more."), status=409)
    response = added(request, line) if request.htmx else redirect("basket:summary")
    remember(response, line.basket)
    return response


def put(request: HttpRequest, pack: Product) -> Line:
    """In the basket, or with `later` back among what is saved."""
    typed, visitor = request.POST.get("quantity"), visitor_of(request)
    quantity = None if typed is None else read_number(typed)
    if "later" in request.POST:
        return put_aside(visitor=visitor, pack=pack, quantity=quantity or 0)
    return put_in_basket(visitor=visitor, pack=pack, quantity=quantity, day=timezone.localdate())


def added(request: HttpRequest, line: Line) -> HttpResponse:
    context = {"product": line.goods, "pack": line.product, "quantity": line.quantity}
    response = render(request, "shop/fragments/added.html", context)
    return trigger_client_event(response, "basket-changed")


def not_added(request: HttpRequest, pack: Product, words: str, status: int) -> HttpResponse:
    """The words beside the button that was pressed, or above the basket without script."""
    problem = f"{pack.parent.name} {pack.name}: {words}"
    if request.htmx:
        return render(request, "shop/fragments/added.html", {"problem": words}, status=status)
    return show(request, read_basket(request), status=status, refused=problem)
