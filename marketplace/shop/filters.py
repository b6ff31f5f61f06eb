"""What a shopper asks of the shelf: read from the address, and written back into links.

Everything in an address may be wrong. Unknown groups, values and sorts are dropped, and a
page that is not a positive number reads as None.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple, Self

from django.db.models import Q
from django.http import QueryDict
from django.utils.http import urlencode

DEFAULT_SORT = "default"
# The order within goods in stock; sold-out goods always come last.
SORTS = {
    "price_asc": ("price_from", "-pk"),
    "price_desc": ("-price_from", "-pk"),
    "unit_price": ("unit_price_from", "-pk"),
    "newest": ("-pk",),
}
_PAGE = re.compile(r"[1-9][0-9]{0,5}")


class Band(NamedTuple):
    """Yuan for 500 g (or 500 ml): more than `above`, at most `upto`; None leaves a side open."""

    above: Decimal | None
    upto: Decimal | None

    def condition(self) -> Q:
        limits = {"unit_price_from__gt": self.above, "unit_price_from__lte": self.upto}
        return Q(**{lookup: limit for lookup, limit in limits.items() if limit is not None})


BANDS = {
    "0-10": Band(None, Decimal(10)),
    "10-30": Band(Decimal(10), Decimal(30)),
    "30-": Band(Decimal(30), None),
}


def _page_number(raw: str) -> int | None:
    return int(raw) if _PAGE.fullmatch(raw) else None


@dataclass(frozen=True)
class ShelfQuery:
    """Words, chosen values by group, sort and page; `chosen` holds groups with values only."""

    words: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = DEFAULT_SORT
    page: int | None = 1

    @classmethod
    def parse(
        cls, params: QueryDict, known: Mapping[str, Collection[str]], words: str = ""
    ) -> Self:
        """Of an address's parameters, what `known` (group to its values) allows."""
        chosen = {group: values & set(params.getlist(group)) for group, values in _sets(known)}
        sort = params.get("sort", "")
        return cls(
            words=words,
            chosen={group: values for group, values in chosen.items() if values},
            sort=sort if sort in SORTS else DEFAULT_SORT,
            page=_page_number(params.get("page", "1")),
        )

    def values(self, group: str) -> frozenset[str]:
        return self.chosen.get(group, frozenset())

    def is_chosen(self, group: str, value: str) -> bool:
        return value in self.values(group)

    @property
    def is_plain(self) -> bool:
        """Neither narrowed nor sorted: the page that search engines may keep."""
        return not self.chosen and self.sort == DEFAULT_SORT and not self.words

    def toggled(self, group: str, value: str) -> Self:
        """With the value added, or taken away when it is there; from the first page."""
        values = self.values(group) ^ {value}
        chosen = {**self.chosen, group: values}
        return replace(self, chosen={key: kept for key, kept in chosen.items() if kept}, page=1)

    def on_page(self, page: int) -> Self:
        return replace(self, page=page)

    def without_filters(self) -> Self:
        return replace(self, chosen={}, page=1)

    def address(self, path: str) -> str:
        """The one address of this state: parameters in a fixed order, defaults left out."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(group, v) for group in sorted(self.chosen) for v in sorted(self.chosen[group])]
        if self.sort != DEFAULT_SORT:
            pairs.append(("sort", self.sort))
        if self.page not in (None, 1):
            pairs.append(("page", str(self.page)))
        return f"{path}?{urlencode(pairs)}" if pairs else path


def _sets(known: Mapping[str, Collection[str]]) -> list[tuple[str, frozenset[str]]]:
    return [(group, frozenset(values)) for group, values in known.items()]
