"""The list of all goods, a category, a search: one shelf with different goods on it."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Category, Product
from catalog.querysets import ProductQuerySet
from marketplace.search.querysets import find, read_query
from marketplace.search.words import Query
from marketplace.shop.caching import public_page
from marketplace.shop.nothing_found import help_with
from marketplace.shop.seo import breadcrumb_list, to_script
from marketplace.shop.sharing import Share
from marketplace.shop.shelf import NO_WORDS, NoSuchPage, Shelf, read_shelf
from marketplace.shop.trail import Trail, category_trail, goods_trail, search_trail
from marketplace.shop.vocabulary import SPECIALTY

WHOLE_PAGE, FRAGMENT = "shop/list.html", "shop/fragments/shelf.html"


@require_safe
@public_page
def list_goods(request: HttpRequest) -> HttpResponse:
    return show_shelf(
        request,
        Product.objects.for_sale(timezone.localdate()),
        heading=_("All goods"),
        lead=_("Straight from the producers; delivery is a flat fee a parcel, shown with each."),
        breadcrumbs=goods_trail(),
    )


@require_safe
@public_page
def show_category(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    category = get_object_or_404(Category.objects.browsable(), pk=pk)
    if slug != category.slug:
        return redirect(category, permanent=True)
    family = list(Category.objects.family_of(category))
    return show_shelf(
        request,
        Product.objects.for_sale(timezone.localdate()).in_category(category),
        heading=category.name_text,
        lead=category.description_text or category.tagline_text or family[0].description_text,
        breadcrumbs=category_trail(category, family),
        without=[SPECIALTY],
        shelves=[{"category": each, "active": each == category} for each in family],
    )


@require_safe
@public_page
def search(request: HttpRequest) -> HttpResponse:
    """What the words find; without words the whole shelf. Nothing found: what comes close."""
    query = read_query(request.GET.get("q", ""))
    goods = Product.objects.for_sale(timezone.localdate())
    return show_shelf(
        request,
        find(goods, query) if query.typed else goods,
        heading=_("Search: %(words)s") % {"words": query.typed} if query.typed else _("Search"),
        lead="",
        breadcrumbs=search_trail(),
        search=query,
        noindex=True,
    )


def show_shelf(
    request: HttpRequest,
    goods: ProductQuerySet,
    *,
    breadcrumbs: Trail,
    search: Query = NO_WORDS,
    without: Sequence[str] = (),
    **words: object,
) -> HttpResponse:
    """The page, or for htmx the part that filters change; a page that is not there redirects."""
    try:
        shelf = read_shelf(
            goods=goods,
            params=request.GET,
            path=request.path,
            day=timezone.localdate(),
            search=search,
            without=without,
        )
    except NoSuchPage as missing:
        return redirect(missing.address)
    context = {**shelf_context(shelf), **words, "breadcrumbs": breadcrumbs}
    if search and not shelf.total and not shelf.query.chosen:
        context |= help_with(search, shelf.words)
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, FRAGMENT, context)
    context["json_ld"] = to_script([breadcrumb_list(breadcrumbs)])
    context["share"] = Share(words["heading"], words["lead"])
    return render(request, WHOLE_PAGE, context)


def shelf_context(shelf: Shelf) -> dict[str, object]:
    return {
        "query": shelf.query.words,
        "page": shelf.page,
        "total": shelf.total,
        "facets": shelf.facets,
        "active_filters": shelf.active_filters,
        "reset_url": shelf.reset_url,
        "sort_options": shelf.sort_options,
        "sold_out_note": shelf.sold_out_note,
        "order_note": shelf.order_note,
        "canonical_path": shelf.canonical_path,
        "noindex": not shelf.query.is_plain,
    }
