"""Where goods are sent: the visitor's choice, and what it means for the pack before them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from catalog.models import Product
from catalog.origins.models import Region
from catalog.origins.querysets import BEIJING
from marketplace.partner.refusals import MOST_PACKS
from marketplace.return_path import safe_return_path
from marketplace.shipping.destination import is_code, region_code_of, remember_region
from marketplace.shipping.reach import reach_of
from marketplace.shop.delivery import PackLine, offer_delivery
from marketplace.typed import read_number

never_kept = cache_control(private=True, no_store=True)


@require_safe
@never_kept
def show_delivery(request: HttpRequest) -> HttpResponse:
    """Sum and day for the pack and quantity asked for; a page of its own without script."""
    pk = read_number(request.GET.get("pack", ""))
    pack = Product.objects.for_delivery().filter(pk=pk, parent__is_public=True).first()
    if pack is None:
        raise Http404
    now = timezone.now()
    asked = read_number(request.GET.get("quantity", ""))
    quantity = min(max(asked, pack.minimum_quantity), MOST_PACKS)
    delivery = offer_delivery(
        line=PackLine(pack, quantity, pack.price * quantity),
        reach=reach_of(region_code_of(request)),
        now=now,
        is_open=pack.free >= pack.minimum_quantity
        and pack.parent.is_sellable_on(timezone.localdate(now)),
    )
    template = "shop/fragments/delivery_update.html" if request.htmx else "shop/delivery.html"
    return render(request, template, {"delivery": delivery})


@require_http_methods(["GET", "HEAD", "POST"])
@never_kept
def choose_region(request: HttpRequest) -> HttpResponse:
    """Beijing's districts, or the places in the region asked for; remembers the one chosen."""
    if request.method != "POST":
        return show_choices(request)
    code = request.POST.get("region", "")
    if not (is_code(code) and Region.objects.destinations().filter(pk=code).exists()):
        return show_choices(request, status=422)
    if request.htmx:
        response = trigger_client_event(HttpResponse(), "region-changed")
    else:
        response = redirect(safe_return_path(request))
    remember_region(response, code)
    return response


def show_choices(request: HttpRequest, status: int = 200) -> HttpResponse:
    asked = request.GET.get("in", "")
    above = Region.objects.filter(pk=asked).first() if is_code(asked) else None
    context = {
        "above": above,
        "choices": Region.objects.choices_below(above.code if above else BEIJING),
        "provinces": Region.objects.provinces().exclude(pk=BEIJING),
        "current": region_code_of(request)[:6],
        "next_path": safe_return_path(request),
        "is_refused": status != 200,
    }
    template = "shop/destination/dialog.html" if request.htmx else "shop/destination/page.html"
    return render(request, template, context, status=status)
