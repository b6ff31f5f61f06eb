"""Addresses of this site, each in its language, and the way from one language to the other."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import get_language
from wagtail.models import Page

from marketplace.shop.context_processors import LANGUAGES
from marketplace.shop.trail import home_path


def translate_address(url: str, language: str) -> str:
    """The address that editors wrote in Chinese form (/shop/), for pages in `language`."""
    if not url.startswith("/"):
        return url
    with translation.override(settings.LANGUAGE_CODE):
        return translate_url(url, language)


def page_address(page: Page) -> str:
    """What page.get_url() says, without its two queries for the roots of all sites.

    We have one site, and every page lies below the home page of its language.
    """
    below_home = page.url_path[1:].partition("/")[2]
    with translation.override(page.locale.language_code):
        return reverse("wagtail_serve", args=[below_home])


def parent_address(address: str) -> str:
    """Of the page above: /stories/ for /stories/cellar/."""
    return f"{address.rstrip('/').rpartition('/')[0]}/"


def language_links(addresses: Mapping[str, str]) -> dict[str, object]:
    """`other_language` and `alternates` as base.html reads them.

    `addresses` holds the languages in which the page is published. Where there is no such
    page, a visitor is led to the home page, and search engines are told of none.
    """
    other = "zh-hans" if get_language() == "en" else "en"
    with translation.override(other):
        url = addresses.get(other) or home_path()
    alternates = [
        {"language": LANGUAGES[code][1], "path": path} for code, path in addresses.items()
    ]
    if settings.LANGUAGE_CODE in addresses:
        default = {"language": "x-default", "path": addresses[settings.LANGUAGE_CODE]}
        alternates.append(default)
    return {"other_language": {"label": LANGUAGES[other][0], "url": url}, "alternates": alternates}
