"""Pages found in two queries, the home page in one; Wagtail takes two for every step of the way."""

from django.db.models import F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Length
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from cms.home.models import HomePage

# Deeper than any tree of pages, so that no address makes a question too long for the database.
MOST_STEPS = 12


def show_home(request: HttpRequest) -> HttpResponse:
    """In the language of the address.

    Wagtail keeps the route that it has found on the request, so we put ours there and let it
    serve the page.
    """
    page = homes_of(HomePage.objects.live(), get_language()).first()
    if page:
        request._wagtail_route_for_request = RouteResult(page)
    return serve(request, "")


def show_page(request: HttpRequest, path: str) -> HttpResponse:
    """The page of the longest known part of the path says what the rest of it means, as a fair
    does of exhibitors/. What nobody knows is left to Wagtail, which answers it with 404."""
    page = find_page(path, get_language())
    if page:
        below = page.url_path.removeprefix(page.home_path)
        rest = path.removeprefix(below).strip("/")
        request._wagtail_route_for_request = specific_of(page).route(
            request, rest.split("/") if rest else []
        )
    return serve(request, path)


def find_page(path: str, language: str) -> Page | None:
    """Below the home page of the language; it bears `home_path`, the url_path of that."""
    steps = path.strip("/").split("/")
    if len(steps) > MOST_STEPS:
        return None
    beginnings = ["/".join(steps[: count + 1]) + "/" for count in range(len(steps))]
    home_path = homes_of(Page.objects.all(), language).values("url_path")[:1]
    at = Q()
    for beginning in beginnings:
        at |= Q(url_path=Concat(F("home_path"), Value(beginning)))
    pages = Page.objects.filter(slug__in=steps).annotate(home_path=Subquery(home_path)).filter(at)
    return pages.select_related("locale").order_by(Length("url_path").desc()).first()


def specific_of(page: Page) -> Page:
    specific = page.specific
    specific.locale = page.locale
    return specific


def homes_of(pages: QuerySet, language: str) -> QuerySet:
    root = Page.objects.filter(sites_rooted_here__is_default_site=True)
    key = Subquery(root.values("translation_key")[:1])
    return pages.filter(translation_key=key, locale__language_code=language)
