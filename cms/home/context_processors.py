"""Navigation and footer for base.html. Nothing here touches the session or the user."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.home.chrome import read_chrome


def chrome(request: HttpRequest) -> dict:
    """Worked out when a template asks for it; most of the admin's never do."""
    return {"chrome": SimpleLazyObject(lambda: chrome_of(request))}


def chrome_of(request: HttpRequest) -> dict:
    """The words around the page, with the place where the visitor is marked as active."""
    words = read_chrome(get_language())
    nav = [{**item, "active": request.path.startswith(item["url"])} for item in words["nav"]]
    return {**words, "nav": nav}
