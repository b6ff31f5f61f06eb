"""Pages found in a query or two; what Wagtail finds by other ways it still finds.

Wagtail takes a query for the site, its language and every step of the address. It keeps the route
that it has found on the request, so we put ours there and let it serve the page.
"""

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from cms.home.models import HomePage


def homes() -> QuerySet[HomePage]:
    """The home page in the language of the address."""
    root = Page.objects.filter(sites_rooted_here__is_default_site=True)
    return HomePage.objects.filter(
        translation_key=Subquery(root.values("translation_key")[:1]),
        locale__language_code=get_language(),
    )


def show_home(request: HttpRequest) -> HttpResponse:
    return show(request, homes().live().first(), "")


def show_page(request: HttpRequest, path: str) -> HttpResponse:
    """`path` ends with a slash, as every address of a page does."""
    address = Concat(Subquery(homes().values("url_path")[:1]), Value(path))
    page = Page.objects.live().filter(url_path=address).first()
    return show(request, page and page.specific, path)


def show(request: HttpRequest, page: Page | None, path: str) -> HttpResponse:
    if page:
        request._wagtail_route_for_request = RouteResult(page)
    return serve(request, path)
