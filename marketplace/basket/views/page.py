"""The basket page, whole or in place, and what every change of a basket has in common."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django_htmx.http import trigger_client_event

from marketplace.basket.contents import Contents
from marketplace.basket.models import Basket, Line
from marketplace.basket.pages import basket_page, contents_for, taken_pack
from marketplace.basket.refusals import BasketClosed
from marketplace.basket.services import find_basket
from marketplace.basket.visitor import visitor_of
from marketplace.partner.refusals import Refusal
from marketplace.shipping.destination import region_code_of
from marketplace.typed import read_number


@never_cache
def summary(request: HttpRequest) -> HttpResponse:
    names = ("taken", "quantity", "later")
    taken = {name: read_number(request.GET.get(name, "")) for name in names}
    return show(request, read_basket(request), taken=taken_pack(**taken))


def changes_basket(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views of a POST to the visitor's own open basket; a GET leads to its page."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: int) -> HttpResponse:
        if request.method != "POST":
            return redirect("basket:summary")
        try:
            if (basket := read_basket(request)) is None:
                raise Line.DoesNotExist
            return view(request, basket, **kwargs)
        except (Line.DoesNotExist, BasketClosed) as error:
            raise Http404 from error

    return wrapped


def read_basket(request: HttpRequest) -> Basket | None:
    return find_basket(visitor=visitor_of(request))


def changed(request: HttpRequest, **taken: int) -> HttpResponse:
    """The basket anew: in place with script, by a redirect without."""
    if not request.htmx:
        query = f"?{urlencode(taken)}" if taken else ""
        return redirect(reverse("basket:summary") + query)
    response = show(request, read_basket(request), taken=taken_pack(**taken))
    return trigger_client_event(response, "basket-changed")


def refused(
    request: HttpRequest, basket: Basket, line_id: int, refusal: Refusal, typed: str
) -> HttpResponse:
    """The basket as it was, with the words beside the line and what was typed in its field."""
    contents = contents_for(request, basket)
    contents.mark(line_id, refusal.words, typed, refusal.instead)
    return show(request, basket, contents, status=422)


def show(
    request: HttpRequest,
    basket: Basket | None,
    contents: Contents | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    contents = contents or contents_for(request, basket)
    context = basket_page(contents, basket, region_code_of(request)) | more
    template = "basket/contents.html" if request.htmx else "basket/page.html"
    return render(request, template, context, status=status)
