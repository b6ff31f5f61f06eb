"""Counts beside the filters, from one grouped query.

The base set is counted once by the combination of all its dimensions. A combination is a
cell; there are few, whatever the number of goods. All counts are sums of cells, so a count
is by construction what the click keeps. Certificates are many to one product and therefore
narrow the cells beforehand and have a grouped query of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, Count, Q, Value, When

from catalog.models import ProductBadge
from catalog.querysets import ProductQuerySet
from marketplace.shop.filters import BANDS, ShelfQuery
from marketplace.shop.vocabulary import (
    CERTIFICATE,
    COOPERATIVE,
    COUNTY,
    GROUPS,
    IN_STOCK,
    PRICE,
    SPECIALTY,
    STOCK,
    STORAGE,
    Vocabulary,
    group_labels,
)

CELL_GROUPS = (SPECIALTY, COUNTY, COOPERATIVE, STORAGE, PRICE, STOCK)
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Cell:
    """How many goods share these values, one of each group; what has no value is empty."""

    values: Mapping[str, str]
    count: int

    def misses(self, query: ShelfQuery) -> list[str]:
        """The groups in which the shopper asked for something else."""
        return [
            group
            for group in CELL_GROUPS
            if query.values(group) and not query.is_chosen(group, self.values[group])
        ]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    colour: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True)
class Facet:
    key: str
    label: str
    options: tuple[Option, ...]

    @property
    def selected_count(self) -> int:
        return sum(option.selected for option in self.options)

    def offers_a_choice(self, total: int) -> bool:
        """Something is chosen, or some value would leave goods out."""
        return any(option.selected or option.count < total for option in self.options)


def narrow(
    goods: ProductQuerySet,
    query: ShelfQuery,
    words: Vocabulary,
    day: date,
    groups: Iterable[str] = GROUPS,
) -> ProductQuerySet:
    """The goods that meet these groups: any value inside a group, every group at once."""
    conditions = [
        _condition(group, sorted(query.values(group)), words, day)
        for group in groups
        if query.values(group)
    ]
    return goods.filter(*conditions)


def _condition(group: str, values: Sequence[str], words: Vocabulary, day: date) -> Q:
    if group == PRICE:
        return reduce(or_, (BANDS[value].condition() for value in values))
    if group == STOCK:
        return Q(in_stock=True)
    if group == CERTIFICATE:
        badges = ProductBadge.objects.filter(kind__in=values, valid_until__gte=day)
        return Q(pk__in=badges.values("product"))
    return Q(**{f"{group}__in": [words[group][value].key for value in values]})


def count_cells(
    goods: ProductQuerySet, query: ShelfQuery, words: Vocabulary, day: date
) -> list[Cell]:
    """One grouped query over the goods with the chosen certificates."""
    bands = [When(band.condition(), then=Value(name)) for name, band in BANDS.items()]
    rows = (
        narrow(goods, query, words, day, groups=[CERTIFICATE])
        .order_by()
        .values_list(
            "specialty",
            "county",
            "cooperative",
            "storage",
            Case(*bands, default=Value(""), output_field=CharField()),
            "in_stock",
        )
        .annotate(n=Count("pk"))
    )
    slugs = {
        group: {term.key: value for value, term in words.get(group, {}).items()}
        for group in CELL_GROUPS
    }
    slugs[STOCK] = {"True": IN_STOCK}
    return [
        Cell({g: slugs[g].get(str(key), "") for g, key in zip(CELL_GROUPS, keys, strict=True)}, n)
        for *keys, n in rows
    ]


def count_certificates(
    goods: ProductQuerySet, query: ShelfQuery, words: Vocabulary, day: date
) -> dict[str, int]:
    """Goods by certificate valid that day, under the choices in all other groups."""
    found = narrow(goods, query, words, day, groups=CELL_GROUPS)
    rows = (
        ProductBadge.objects.filter(
            kind__in=list(words[CERTIFICATE]), valid_until__gte=day, product__in=found.order_by()
        )
        .values_list("kind")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def count_options(cells: Iterable[Cell], query: ShelfQuery) -> tuple[int, dict[str, Counter]]:
    """The number of goods found, and for each group's values what choosing them would keep."""
    total = 0
    counts: dict[str, Counter] = defaultdict(Counter)
    for cell in cells:
        misses = cell.misses(query)
        if not misses:
            total += cell.count
        for group in CELL_GROUPS:
            counts[group][cell.values[group]] += 0 if set(misses) - {group} else cell.count
    return total, counts


def build_facets(
    query: ShelfQuery, words: Vocabulary, counts: Counts, path: str, total: int
) -> list[Facet]:
    """Groups in which there is something to choose, with links that add or remove a value."""
    labels = group_labels()
    facets = [
        Facet(group, labels[group], _options(group, query, words, counts[group], path))
        for group in words
    ]
    return [facet for facet in facets if facet.offers_a_choice(total)]


def _options(
    group: str, query: ShelfQuery, words: Vocabulary, counts: Mapping[str, int], path: str
) -> tuple[Option, ...]:
    """Values that occur in the base set or are chosen."""
    return tuple(
        Option(
            value=value,
            label=term.label,
            colour=term.colour,
            count=counts.get(value, 0),
            selected=query.is_chosen(group, value),
            url=query.toggled(group, value).address(path),
        )
        for value, term in words[group].items()
        if value in counts or query.is_chosen(group, value)
    )
