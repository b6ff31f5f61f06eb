"""Addresses of this site, each in its language."""

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import translation
from wagtail.models import Page


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
