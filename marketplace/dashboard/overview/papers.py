"""Papers that end within thirty days or have ended lately, and that no other follows.

What ended longer ago than three months was given up; it stays in the room of papers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from catalog.models import ProductPaper
from catalog.papers.models import Paper
from catalog.producers.models import CooperativePaper
from marketplace.dashboard.overview.words import name_of
from marketplace.dashboard.papers.querysets import SOON

GIVEN_UP_AFTER = timedelta(days=90)
FACTS = ("paper__kind", "paper__number", "paper__valid_from", "paper__valid_until")


class Held(NamedTuple):
    """A paper of a business, or of a good: `holder` is its key, `name` its name."""

    holder: int
    name: str
    kind: str
    number: str
    begins: date
    last: date | None

    @property
    def kind_label(self) -> str:
        return str(Paper.Kind(self.kind).label)

    @property
    def good(self) -> str:
        return self.name

    @property
    def good_id(self) -> int:
        return self.holder


def of_businesses(cooperatives: Collection[int], day: date) -> list[Held]:
    return of_any(CooperativePaper.objects.filter(cooperative__in=cooperatives), day)


def of_county(county: str, day: date) -> list[Held]:
    return of_any(CooperativePaper.objects.filter(cooperative__county=county), day)


def of_everybody(day: date) -> list[Held]:
    return of_any(CooperativePaper.objects.all(), day)


def of_any(links: QuerySet[CooperativePaper], day: date) -> list[Held]:
    names = ("cooperative", "cooperative__short_name", "cooperative__short_name_en")
    return running_out(read_held(links, names, day), day)


def of_goods(cooperative: int, day: date) -> list[Held]:
    links = ProductPaper.objects.filter(product__cooperative=cooperative)
    names = ("product", "product__title", "product__title_en")
    return running_out(read_held(links, names, day), day)


def read_held(links: QuerySet, names: tuple[str, ...], day: date) -> list[Held]:
    """All that has not been given up, for one that is valid may follow one that ends."""
    lately = Q(paper__valid_until__isnull=True) | Q(paper__valid_until__gte=day - GIVEN_UP_AFTER)
    rows = links.filter(lately).order_by(F("paper__valid_until").asc(nulls_last=True), "paper")
    return [
        Held(holder, name_of(name, name_en), *facts)
        for holder, name, name_en, *facts in rows.values_list(*names, *FACTS)
    ]


def running_out(held: Iterable[Held], day: date) -> list[Held]:
    """The first to end first."""
    held = list(held)
    others = defaultdict(list)
    for one in held:
        others[one.holder, one.kind].append(one)
    return [
        one
        for one in held
        if one.last
        and one.last <= day + SOON
        and not any(follows(other, one) for other in others[one.holder, one.kind])
    ]


def follows(other: Held, one: Held) -> bool:
    """Whether it lasts longer and begins without a gap."""
    if other.last is not None and other.last <= one.last:
        return False
    return other.begins <= one.last + timedelta(days=1)
