"""What a reader of all published batches knows, and what not: one unknown for each hidden figure.

A figure that did not change from one batch to another is one unknown, shown as soon as one batch
shows it: the reader who knows that nothing was corrected is the one to be safe from.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from catalog.assistance.figures.relations import is_seen, unions_of
from catalog.assistance.figures.shapes import BEGINNINGS, Figure, Place, Span


class Edition(NamedTuple):
    """The figures of a batch, and which of them it hides."""

    figures: Mapping[Place, Figure]
    hidden: frozenset[Place]

    def of_year(self, year: date) -> "Edition":
        """Nothing ties a year to another."""
        figures = {at: one for at, one in self.figures.items() if at.begins_on.year == year.year}
        return Edition(figures, frozenset(at for at in self.hidden if at in figures))


class State(Enum):
    KNOWN = "known"
    HIDDEN = "hidden"
    OPEN = "open"  # shown, and may yet be hidden: no earlier batch has shown it
    UNSEEN = "unseen"  # published nowhere


class Row(NamedTuple):
    """Unknowns by number: the first is made up of the others."""

    whole: int
    parts: tuple[int, ...]
    is_disjoint: bool


@dataclass
class Unknowns:
    """Of one year, over all editions; the last edition is the one that is being made.

    `claims` are those that some edition hides: none of them may be known or narrow.
    """

    places: list[Place] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    rows: dict[Row, None] = field(default_factory=dict)
    numbers: dict[Hashable, int] = field(default_factory=dict)
    newest: dict[Place, int] = field(default_factory=dict)
    before: dict[Place, int] = field(default_factory=dict)
    claims: set[int] = field(default_factory=set)

    def number_of(self, key: Hashable, place: Place, figure: Figure, state: State) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.places)
            self.places.append(place)
            self.figures.append(figure)
            self.states.append(state)
        return self.numbers[key]

    def add(self, edition: Edition, counties: Mapping[str, str], is_newest: bool) -> None:
        at: dict[Place, int] = {}
        for place, figure in edition.figures.items():
            shown = State.OPEN if is_newest else State.KNOWN
            state = State.HIDDEN if place in edition.hidden else shown
            number = at[place] = self.number_of((place, figure), place, figure, state)
            if state == State.HIDDEN:
                self.claims.add(number)
            elif self.is_hidden(number):
                self.states[number] = state
        unions = list(unions_of(edition.figures, counties))
        self.add_unseen(unions, at)
        for union in unions:
            if union.whole not in at:
                continue  # of a cooperative whose county was another one then
            parts = tuple(sorted(at[part] for part in union.parts))
            self.rows[Row(at[union.whole], parts, union.is_disjoint)] = None
        for row in grown(self.before, at):
            self.rows[row] = None
        self.before = at
        if is_newest:
            self.newest = {place: at[place] for place in edition.figures}

    def add_unseen(self, unions: Sequence, at: dict[Place, int]) -> None:
        """The same while its months are the same."""
        for union in unions:
            if not is_seen(union.whole) and union.whole.table == union.parts[0].table:
                parts = tuple(at[part] for part in union.parts)
                figure = Figure(
                    sum(self.figures[part].households for part in parts),
                    sum(self.figures[part].fen for part in parts),
                )
                key = (union.whole, parts)
                at[union.whole] = self.number_of(key, union.whole, figure, State.UNSEEN)

    def is_hidden(self, number: int) -> bool:
        return self.states[number] == State.HIDDEN

    def hide(self, number: int) -> None:
        self.states[number] = State.HIDDEN
        self.claims.add(number)

    def all_in(self, state: State) -> list[int]:
        return [number for number, one in enumerate(self.states) if one == state]

    @property
    def hidden_places(self) -> frozenset[Place]:
        """Of the newest edition."""
        return frozenset(at for at, number in self.newest.items() if self.is_hidden(number))


def grown(before: Mapping[Place, int], now: Mapping[Place, int]) -> Iterator[Row]:
    """What ran on from one batch to the next: where none of the months it had was corrected, it is
    made up of what it was and of the months that came. Cooperatives have no months."""
    had_of, have_of = months_by_row(before), months_by_row(now)
    for place, number in now.items():
        if place.span == Span.MONTH or before.get(place, number) == number:
            continue
        had = within(place, had_of.get((place.table, place.row), {}))
        have = within(place, have_of.get((place.table, place.row), {}))
        if had and had.items() <= have.items():
            came = sorted(one for month, one in have.items() if month not in had)
            yield Row(number, (before[place], *came), is_disjoint=False)


def months_by_row(places: Mapping[Place, int]) -> dict[tuple[str, str], dict[date, int]]:
    found: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    for place, number in places.items():
        if place.span == Span.MONTH:
            found[place.table, place.row][place.begins_on] = number
    return found


def within(whole: Place, months: Mapping[date, int]) -> dict[date, int]:
    begins = BEGINNINGS[Span(whole.span)]
    return {month: one for month, one in months.items() if begins(month) == whole.begins_on}


def unknowns_of(
    newest: Edition, earlier: Iterable[Edition], counties: Mapping[str, str]
) -> Unknowns:
    unknowns = Unknowns()
    for edition in earlier:
        unknowns.add(edition, counties, is_newest=False)
    unknowns.add(newest, counties, is_newest=True)
    return unknowns


def years_of(figures: Iterable[Place]) -> list[date]:
    return sorted({place.begins_on.replace(month=1, day=1) for place in figures})


def unknowns_in(
    year: date, newest: Edition, earlier: Iterable[Edition], counties: Mapping[str, str]
) -> Unknowns:
    before = [edition.of_year(year) for edition in earlier]
    return unknowns_of(newest.of_year(year), before, counties)
