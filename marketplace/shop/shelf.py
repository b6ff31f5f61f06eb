"""One page of the shelf: goods, filters with counts, sort and neighbours, in seven queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Product
from catalog.querysets import ProductQuerySet
from marketplace.search.querysets import by_relevance
from marketplace.search.words import Query
from marketplace.shop.facets import (
    Facet,
    build_facets,
    count_cells,
    count_certificates,
    count_options,
    narrow,
)
from marketplace.shop.filters import DEFAULT_SORT, SORTS, ShelfQuery
from marketplace.shop.vocabulary import (
    CERTIFICATE,
    COOPERATIVE,
    IN_STOCK,
    STOCK,
    Vocabulary,
    read_vocabulary,
)

PAGE_SIZE = 24
NO_WORDS = Query("", ())


class NoSuchPage(Exception):
    """The page asked for does not exist; `address` is the nearest one that does."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class CountedPaginator(Paginator):
    """A paginator that is told the number of goods instead of counting them again."""

    def __init__(self, goods: ProductQuerySet, total: int) -> None:
        super().__init__(goods, PAGE_SIZE)
        self.total = total

    @cached_property
    def count(self) -> int:
        return self.total


@dataclass(frozen=True)
class Shelf:
    """What the list, category and search pages show of the goods found."""

    query: ShelfQuery
    words: Vocabulary
    search: Query
    facets: list[Facet]
    page: Page
    total: int
    sold_out: int
    producers: int
    path: str

    @property
    def active_filters(self) -> list[dict[str, str]]:
        return [
            {
                "label": term.label,
                "url": self.query.toggled(group, value).address(self.path),
            }
            for group, terms in self.words.items()
            for value, term in terms.items()
            if self.query.is_chosen(group, value)
        ]

    @property
    def reset_url(self) -> str:
        return self.query.without_filters().address(self.path)

    @property
    def sort_options(self) -> list[dict[str, object]]:
        return [
            {"value": value, "label": label, "selected": value == self.query.sort}
            for value, label in sort_labels(self.search).items()
        ]

    @property
    def order_note(self) -> str:
        """How the goods are ordered when nobody asked for another order."""
        if self.query.sort != DEFAULT_SORT:
            return ""
        if self.search:
            return _("In stock first, then by how well the name fits. No place can be bought.")
        return _("In stock first, then in season this month, then newest. No place can be bought.")

    @property
    def sold_out_note(self) -> str:
        if not self.sold_out or self.query.values(STOCK):
            return ""
        return ngettext(
            "%(count)s kind is sold out and stands at the end.",
            "%(count)s kinds are sold out and stand at the end.",
            self.sold_out,
        ) % {"count": self.sold_out}

    @property
    def canonical_path(self) -> str:
        """Of a plain page itself; of a narrowed or sorted one the clean first page."""
        return self.query.address(self.path) if self.query.is_plain else self.path


def sort_labels(search: Query) -> dict[str, str]:
    usual = _("Best match first") if search else _("In season first")
    labels = [
        _("Price, low to high"),
        _("Price, high to low"),
        _("Price for 500 g"),
        _("Newest first"),
    ]
    return {DEFAULT_SORT: usual, **dict(zip(SORTS, labels, strict=True))}


def read_shelf(
    *,
    goods: ProductQuerySet,
    params: QueryDict,
    path: str,
    day: date,
    search: Query = NO_WORDS,
    without: Iterable[str] = (),
) -> Shelf:
    """The page of these goods that the address asks for; groups in `without` do not apply.

    `search` are the words by which the goods were found: kept in every link, and the default
    order. Raises NoSuchPage for a page before the first, after the last, or no number.
    """
    words = {group: terms for group, terms in read_vocabulary().items() if group not in without}
    query = ShelfQuery.parse(params, words, search.typed)
    cells = count_cells(goods, query, words, day)
    total, counts = count_options(cells, query)
    counts[CERTIFICATE] = count_certificates(goods, query, words, day)
    found = narrow(goods, query, words, day)
    page = _read_page(_ordered(found, query.sort, search, day), query, total, path)
    kept = [cell for cell in cells if not cell.misses(query)]
    return Shelf(
        query=query,
        words=words,
        search=search,
        facets=build_facets(query, words, counts, path, total),
        page=page,
        total=total,
        sold_out=total - counts[STOCK][IN_STOCK] if STOCK in words else 0,
        producers=len({cell.values[COOPERATIVE] for cell in kept}),
        path=path,
    )


def _ordered(goods: ProductQuerySet, sort: str, search: Query, day: date) -> ProductQuerySet:
    """Goods in stock first, whatever the order among them."""
    if sort != DEFAULT_SORT:
        return goods.order_by("-in_stock", *SORTS[sort])
    if not search:
        return goods.in_default_order(day)
    ranked = by_relevance(goods, search)
    return ranked.order_by("-in_stock", *ranked.query.order_by)


def _read_page(goods: ProductQuerySet, query: ShelfQuery, total: int, path: str) -> Page:
    """Order and cut by what the index holds, then fetch the rows of this page alone."""
    paginator = CountedPaginator(goods.values_list("pk", flat=True), total)
    if query.page is None:
        raise NoSuchPage(query.on_page(1).address(path))
    if query.page > paginator.num_pages:
        raise NoSuchPage(query.on_page(paginator.num_pages).address(path))
    page = paginator.page(query.page)
    page.object_list = Product.objects.for_cards().in_this_order(page.object_list)
    page.previous_url = page.has_previous() and query.on_page(query.page - 1).address(path)
    page.next_url = page.has_next() and query.on_page(query.page + 1).address(path)
    return page
