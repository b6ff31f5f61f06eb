"""Every public address of the shop in both languages, each with its alternate.

A section gives rows of (argument of the address, …, time of the last change or None), so that
20,000 goods are read page by page and as plain values.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.core.paginator import Paginator
from django.db.models import DateTimeField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from catalog.models import Category, Product
from catalog.producers.models import Cooperative
from marketplace.shop.context_processors import LANGUAGES
from marketplace.shop.seo import absolute

ROWS_A_PAGE = 1000
UNKNOWN = Value(None, output_field=DateTimeField())


class Section(Protocol):
    """Pages of one kind, in rows that are parted into sitemaps."""

    def paginator(self) -> Paginator: ...

    def entries(self, rows: Iterable[tuple]) -> list[dict]: ...


@dataclass(frozen=True)
class ShopSection:
    """Pages that are there in every language: the name of their address and its rows."""

    url_name: str
    rows: Callable[[], QuerySet | list]

    def paginator(self) -> Paginator:
        return parted(self.rows())

    def entries(self, rows: Iterable[tuple]) -> list[dict]:
        return [entry for *args, changed in rows for entry in entries_of(self.paths(args), changed)]

    def paths(self, args: list) -> dict[str, str]:
        return {code: self.path(code, args) for code in LANGUAGES}

    def path(self, code: str, args: list) -> str:
        with override(code):
            return reverse(self.url_name, args=args)


def parted(rows: QuerySet | list) -> Paginator:
    return Paginator(rows, ROWS_A_PAGE)


def entries_of(paths: Mapping[str, str], changed: datetime | None) -> list[dict]:
    """What Django's sitemap template reads: one entry a language, each naming them all."""
    places = [
        {"location": absolute(path), "lang_code": LANGUAGES[code][1]}
        for code, path in paths.items()
    ]
    return [
        {"location": place["location"], "lastmod": changed, "alternates": places}
        for place in places
    ]


def goods() -> QuerySet:
    on_sale = Product.objects.for_sale(timezone.localdate()).order_by("pk")
    return on_sale.values_list("slug", "pk", "date_updated")


def categories() -> QuerySet:
    return Category.objects.browsable().order_by("path").values_list("slug", "pk", UNKNOWN)


def cooperatives() -> QuerySet:
    return Cooperative.objects.order_by("pk").values_list("slug", UNKNOWN)


SECTIONS = {
    "shelf": ShopSection("shop:list", lambda: [(None,)]),
    "producers": ShopSection("cooperatives:list", lambda: [(None,)]),
    "impact": ShopSection("impact:latest", lambda: [(None,)]),
    "categories": ShopSection("shop:category", categories),
    "cooperatives": ShopSection("cooperatives:detail", cooperatives),
    "products": ShopSection("shop:product", goods),
}
