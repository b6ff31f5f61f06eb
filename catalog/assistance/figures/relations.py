"""What anybody knows of figures without seeing them: which are made up of which others.

The households of a whole are all those of its parts, its money is the sum of theirs. A household
may be in several parts, save where the parts are counties: it has one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from catalog.assistance.figures.shapes import SPANS, Place, Span, Table
from marketplace.months import quarter_of, year_of

IN_QUARTERS_UNSEEN = (Table.COUNTY, Table.MODE, Table.SPECIALTY)


class Union(NamedTuple):
    """`parts` together are the `whole`; apart from each other when `is_disjoint`."""

    whole: Place
    parts: tuple[Place, ...]
    is_disjoint: bool = False


def unions_of(places: Iterable[Place], counties: Mapping[str, str]) -> Iterator[Union]:
    """All that holds among the figures of one batch.

    `counties` are by cooperative. Quarters of counties, kinds of benefit and specialties are
    published nowhere and tie months to years all the same: they are among the places here.
    """
    seen = list(places)
    months = [one for one in seen if one.span == Span.MONTH]
    unseen = {in_its_quarter(one) for one in months if one.table in IN_QUARTERS_UNSEEN}
    every = [*seen, *sorted(unseen)]
    yield from gathered((one for one in every if one.table != Table.ALL), all_of)
    yield from gathered(months, in_its_quarter)
    yield from gathered((one for one in every if one.span == Span.QUARTER), in_its_year)
    own = [one for one in seen if one.table == Table.COOPERATIVE and one.row in counties]
    yield from gathered(own, lambda one: one._replace(table=Table.COUNTY, row=counties[one.row]))


def gathered(parts: Iterable[Place], whole_of: Callable[[Place], Place]) -> Iterator[Union]:
    """A union for every whole; parts of different tables make different ones."""
    found: dict[tuple[str, Place], list[Place]] = defaultdict(list)
    for part in parts:
        found[part.table, whole_of(part)].append(part)
    for (table, whole), group in found.items():
        is_disjoint = table == Table.COUNTY and whole.table == Table.ALL
        yield Union(whole, tuple(group), is_disjoint)


def all_of(part: Place) -> Place:
    return part._replace(table=Table.ALL, row="")


def in_its_quarter(part: Place) -> Place:
    return part._replace(span=Span.QUARTER, begins_on=quarter_of(part.begins_on))


def in_its_year(part: Place) -> Place:
    return part._replace(span=Span.YEAR, begins_on=year_of(part.begins_on))


def is_seen(place: Place) -> bool:
    """Stands in a table that is published."""
    return place.span in SPANS[Table(place.table)]
