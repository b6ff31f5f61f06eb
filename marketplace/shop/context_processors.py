"""What every page needs besides its own matter: large print and the two languages."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

LARGE_PRINT_COOKIE = "large_print"
# As each language calls itself; the page's <html lang> for it.
LANGUAGES = {"zh-hans": ("中文", "zh-Hans"), "en": ("English", "en")}


def large_print(request: HttpRequest) -> dict[str, object]:
    """`large_print` by cookie, `site_url`, and this page's addresses in both languages.

    Reads no session. A view may pass its own `other_language` and `alternates`.
    """
    return {
        "large_print": is_large_print(request),
        "site_url": settings.SITE_URL,
        "other_language": SimpleLazyObject(lambda: other_language(request)),
        "alternates": SimpleLazyObject(lambda: alternates(request)),
    }


def is_large_print(request: HttpRequest) -> bool:
    return request.COOKIES.get(LARGE_PRINT_COOKIE) == "1"


def address_in(language: str, path: str) -> str:
    """The same page in that language; its home page where there is no such page."""
    if language == get_language():
        return path
    translated = translate_url(path, language)
    if translated != path:
        return translated
    with override(language):
        return reverse("wagtail_serve", args=[""])


def other_language(request: HttpRequest) -> dict[str, str]:
    """The link to the same state of the page in the language that is not active."""
    code = "zh-hans" if get_language() == "en" else "en"
    return {"label": LANGUAGES[code][0], "url": address_in(code, request.get_full_path())}


def alternates(request: HttpRequest) -> list[dict[str, str]]:
    """For hreflang: the page without its parameters in each language, Chinese for the rest."""
    paths = {code: address_in(code, request.path) for code in LANGUAGES}
    rows = [{"language": LANGUAGES[code][1], "path": path} for code, path in paths.items()]
    return [*rows, {"language": "x-default", "path": paths["zh-hans"]}]
