"""The links between a page and the same page in the other language."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language, override

from marketplace.shop.context_processors import LANGUAGES
from marketplace.shop.trail import home_path


def language_links(addresses: Mapping[str, str]) -> dict[str, object]:
    """`other_language` and `alternates` as base.html reads them.

    `addresses` holds the languages in which the page is published. Where there is no such
    page, a visitor is led to the home page, and search engines are told of none.
    """
    other = "zh-hans" if get_language() == "en" else "en"
    with override(other):
        url = addresses.get(other) or home_path()
    alternates = [
        {"language": LANGUAGES[code][1], "path": path} for code, path in addresses.items()
    ]
    if settings.LANGUAGE_CODE in addresses:
        default = {"language": "x-default", "path": addresses[settings.LANGUAGE_CODE]}
        alternates.append(default)
    return {"other_language": {"label": LANGUAGES[other][0], "url": url}, "alternates": alternates}
