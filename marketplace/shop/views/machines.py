"""For search engines: robots.txt and the sitemaps."""

from collections.abc import Mapping

from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from marketplace.shop.seo import absolute
from marketplace.shop.sitemaps import Section

# What differs for each visitor, or is of no use to a search engine.
CLOSED = (
    "/account/",
    "/cms/",
    "/dashboard/",
    "/door/",
    "/shop/basket/",
    "/shop/checkout/",
    "/shop/large-print/",
    "/shop/orders/",
    "/shop/suggest/",
    "/shop/visitor/",
    "/tickets/",
)
HOUR = 3600
XML = "application/xml"


@require_safe
@cache_control(public=True, max_age=HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    closed = [f"Disallow: {prefix}{path}" for path in CLOSED for prefix in ("", "/en")]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {absolute(reverse('sitemap_index'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap_index(request: HttpRequest, sections: Mapping[str, Section]) -> HttpResponse:
    """One row for each page of each section."""
    locations = []
    for name, section in sections.items():
        address = absolute(reverse("sitemap_section", args=[name]))
        pages = section.paginator().num_pages
        locations += [address, *(f"{address}?p={page}" for page in range(2, pages + 1))]
    context = {"sitemaps": [{"location": location} for location in locations]}
    return render(request, "sitemap_index.xml", context, content_type=XML)


@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap_section(
    request: HttpRequest, name: str, sections: Mapping[str, Section]
) -> HttpResponse:
    if name not in sections:
        raise Http404
    section = sections[name]
    try:
        page = section.paginator().page(request.GET.get("p", 1))
    except InvalidPage as error:
        raise Http404 from error
    context = {"urlset": section.entries(page)}
    return render(request, "sitemap.xml", context, content_type=XML)
