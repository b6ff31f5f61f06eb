"""Navigation and footer for base.html. Nothing here touches the session or the user."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.home.chrome import read_chrome
from marketplace.shop.trail import home_path


def chrome(request: HttpRequest) -> dict:
    """Worked out when a template asks for it; most of the admin's never do."""
    return {"chrome": SimpleLazyObject(lambda: chrome_of(request))}


def chrome_of(request: HttpRequest) -> dict:
    """The words around the page, with the place where the visitor is marked as active."""
    words = read_chrome(get_language())
    nav = [{**item, "active": is_at(request.path, item["url"])} for item in words["nav"]]
    return {**words, "nav": nav}


def is_at(path: str, url: str) -> bool:
    """Whether the place is the page or above it. The home page is above all, and only itself."""
    return path == url if url == home_path() else path.startswith(url)
