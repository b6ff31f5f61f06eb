"""Whole public pages may be kept by a cache, because nothing in them belongs to one visitor.

The page is the same for everyone who has neither the large-print nor a session cookie, and
a cache in front of us must ask us whenever one of the two is sent. Browsers ask every time:
a page kept by the browser would ignore the large-print switch. We keep pages ourselves too, see
marketplace.shop.kept_pages.
"""

from collections.abc import Callable
from functools import partial, wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from marketplace.shop.context_processors import LARGE_PRINT_COOKIE, is_large_print
from marketplace.shop.kept_pages import keep

SHARED_SECONDS = 60

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """For views that read neither session, user, messages nor CSRF token."""

    @wraps(view)
    def cacheable(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = keep(request, variant_of(request), partial(view, request, *args, **kwargs))
        patch_vary_headers(response, ["HX-Request"])
        if is_personal(request):
            patch_cache_control(response, private=True, max_age=0)
        else:
            patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS)
        return response

    return cacheable


def variant_of(request: HttpRequest) -> dict[str, object]:
    """All that a public page may ask of a request beside its address."""
    return {
        "large_print": is_large_print(request),
        "part": request.headers.get("HX-Request"),
        "history": request.headers.get("HX-History-Restore-Request"),
    }


def is_personal(request: HttpRequest) -> bool:
    return not {LARGE_PRINT_COOKIE, settings.SESSION_COOKIE_NAME}.isdisjoint(request.COOKIES)
