"""What belongs to one visitor: name and basket count, suggestions while typing, large print."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Product
from marketplace.basket.services import count_for
from marketplace.return_path import safe_return_path
from marketplace.search.querysets import suggest as matching
from marketplace.shipping.destination import chosen_region_code
from marketplace.shipping.reach import path_to
from marketplace.shop.caching import public_page
from marketplace.shop.context_processors import LARGE_PRINT_COOKIE
from marketplace.shop.words import short_place_words

ONE_YEAR = 365 * 24 * 3600


@require_safe
@cache_control(private=True, no_store=True)
def show_visitor(request: HttpRequest) -> HttpResponse:
    """Laid over cached pages by htmx. Makes neither session nor basket."""
    context = {
        "name": str(request.user) if request.user.is_authenticated else "",
        "basket_count": count_for(request),
        "place": place_of(request),
    }
    return render(request, "shop/fragments/visitor.html", context)


def place_of(request: HttpRequest) -> str:
    """Where the visitor wants goods sent; empty, without a query, when nothing was chosen."""
    code = chosen_region_code(request)
    return short_place_words(path_to(code)) if code else ""


@require_safe
@public_page
def suggest(request: HttpRequest) -> HttpResponse:
    goods = Product.objects.for_sale(timezone.localdate()).card_rows()
    suggestions = [
        {
            "label": product.name,
            "url": product.get_absolute_url(),
            "detail": product.cooperative.short_name_text,
        }
        for product in matching(goods, request.GET.get("q", ""))
    ]
    return render(request, "shop/suggestions.html", {"suggestions": suggestions})


@csrf_exempt
@require_http_methods(["GET", "POST"])
@never_cache
def switch_large_print(request: HttpRequest) -> HttpResponse:
    """Large print on or off, then back to where the visitor was, on this site only.

    Needs no CSRF token: whole pages are cached without one, and all it changes is how
    large this browser shows them.
    """
    is_on = request.COOKIES.get(LARGE_PRINT_COOKIE) == "1"
    response = redirect(safe_return_path(request))
    if is_on:
        response.delete_cookie(LARGE_PRINT_COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            LARGE_PRINT_COOKIE,
            "1",
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
