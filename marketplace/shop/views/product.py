"""One good: its page, its one address, and what to say when it has left the shelf."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.models import Product
from marketplace.shop.caching import public_page
from marketplace.shop.packs import select_pack
from marketplace.shop.product_page import (
    SHOWN_RELATED,
    ProductPage,
    label_facts,
    read_product_page,
)
from marketplace.shop.seo import breadcrumb_list, product_data, to_script
from marketplace.shop.sharing import Share
from marketplace.shop.trail import goods_trail, product_trail
from marketplace.shop.words import dispatch_words, return_rule

PAUSED, WITHDRAWN = 404, 410


@require_safe
@public_page
def show_product(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A pack's number leads to its product, a wrong slug to the right one."""
    product = Product.objects.for_page().filter(pk=pk).first()
    if product is None:
        return redirect_to_parent(pk)
    if not product.is_public:
        return show_withdrawn(request, product)
    if slug != product.slug:
        return redirect(product, permanent=True)
    page = read_product_page(product=product, now=timezone.now())
    status = PAUSED if page.state == "paused" else 200
    return render(request, "shop/product.html", product_context(page, request), status=status)


def redirect_to_parent(pk: int) -> HttpResponse:
    pack = Product.objects.filter(pk=pk, structure="child").select_related("parent").first()
    if pack is None or not pack.parent.is_public:
        raise Http404
    return redirect(f"{pack.parent.get_absolute_url()}?pack={pk}", permanent=True)


def show_withdrawn(request: HttpRequest, product: Product) -> HttpResponse:
    """Says nothing of the good itself: it may be a draft. Offers what comes close."""
    day = timezone.localdate()
    related = Product.objects.for_cards().going_with(product, day, SHOWN_RELATED)
    context = {"related": related, "breadcrumbs": goods_trail()}
    return render(request, "shop/withdrawn.html", context, status=WITHDRAWN)


def product_context(page: ProductPage, request: HttpRequest) -> dict[str, object]:
    product = page.product
    breadcrumbs = product_trail(product, page.categories)
    pack = select_pack(page.packs, request.GET.get("pack", ""))
    return {
        "product": product,
        "state": page.state,
        "packs": page.packs,
        "selected_pack": pack,
        "pictures": product.pictures,
        "badges": page.badges,
        "lot": page.lot,
        "more_lots": page.lots[1:],
        "papers": page.papers.shown_with(page.lot),
        "recognitions": page.recognitions,
        "gi_mark": product.gi_mark,
        "label_facts": label_facts(page),
        "return_rule": return_rule(product.storage),
        "dispatch_text": dispatch_words(product),
        "delivery": page.deliveries[pack.pk] if pack else None,
        "figures": page.figures,
        "related": page.related,
        "breadcrumbs": breadcrumbs,
        "noindex": page.state == "paused",
        "share": Share(product.name, product.summary_text, product.picture),
        "json_ld": to_script([product_data(page), breadcrumb_list(breadcrumbs)]),
    }
