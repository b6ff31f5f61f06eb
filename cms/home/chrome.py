"""Reading navigation and footer: from the cache, else in two queries, one of them for links."""

from collections.abc import Iterable
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from wagtail.blocks import StructValue
from wagtail.models import Page

from cms.blocks.language import page_address
from cms.home.models import SiteChrome
from marketplace.localised import localised
from marketplace.shop.kept_pages import forget_pages, new_mark

MARK = "chrome-mark"
KEY = "chrome:{mark}:{language}"
DAY = 24 * 3600
ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/"


def read_chrome(language: str) -> dict:
    """Navigation, footer and legal line in one language; kept until forget_chrome().

    The mark is read before the rows: what was read before a change is kept where nobody looks.
    """
    mark = cache.get_or_set(MARK, new_mark, timeout=None)
    key = KEY.format(mark=mark, language=language)
    return cache.get_or_set(key, partial(build_chrome, language), timeout=DAY)


def forget_chrome() -> None:
    """After the commit, so that nobody takes the new mark for what is being replaced.

    The pages once more: one may have been made with the old words since the commit.
    """
    transaction.on_commit(partial(cache.delete, MARK))
    transaction.on_commit(forget_pages)


def build_chrome(language: str) -> dict:
    chrome = SiteChrome.objects.first() or SiteChrome()
    navigation = [child.value for child in chrome.navigation]
    columns = [child.value for child in chrome.footer]
    legal = [child.value for child in chrome.legal]
    links = [*navigation, *legal, *(link for column in columns for link in column["links"])]
    addresses = page_addresses({link["page"] for link in links} - {None}, language)
    with translation.override(language):
        return {
            "tagline": localised(chrome, "tagline"),
            "blurb": localised(chrome, "blurb"),
            "nav": resolved(navigation, addresses),
            "footer": [
                {"title": column_title(column), "links": resolved(column["links"], addresses)}
                for column in columns
            ],
            "legal": [*(link.resolve(addresses) for link in legal), *registrations(chrome)],
        }


def resolved(links: Iterable[StructValue], addresses: dict[int, str]) -> list[dict]:
    """Without those whose page is not published."""
    found = [link.resolve(addresses) for link in links]
    return [link for link in found if link["url"]]


def column_title(column: StructValue) -> str:
    in_english = translation.get_language() == "en"
    return (in_english and column["title_en"]) or column["title"]


def registrations(chrome: SiteChrome) -> list[dict]:
    """The numbers that a site in China shows, with the register where each can be checked."""
    numbers = [(chrome.icp_number, ICP_REGISTER), (chrome.police_number, POLICE_REGISTER)]
    return [{"label": number, "url": url} for number, url in numbers if number]


def page_addresses(keys: set[int], language: str) -> dict[int, str]:
    """Of the chosen pages in this language, or in the language they were chosen in."""
    if not keys:
        return {}
    chosen = Page.objects.filter(pk__in=keys)
    family = Page.objects.live().filter(translation_key__in=chosen.values("translation_key"))
    pages = list(family.select_related("locale"))
    translated = {
        page.translation_key: page for page in pages if page.locale.language_code == language
    }
    return {
        page.pk: page_address(translated.get(page.translation_key, page))
        for page in pages
        if page.pk in keys
    }
