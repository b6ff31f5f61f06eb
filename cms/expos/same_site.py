"""Forms of pages that are the same for everybody carry no token: who sends them is told by the
browser."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from marketplace.basket.views.adding import comes_from_elsewhere

View = Callable[..., HttpResponse]


def same_site(view: View) -> View:
    """Refuse what another site posts."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST" and comes_from_elsewhere(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def by_link(view: View) -> View:
    """For pages whose address is the key: kept nowhere, found by no search engine, and the address
    is told to no other site."""

    @wraps(view)
    def private(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return same_site(private)
