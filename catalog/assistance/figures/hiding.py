"""Which figures of a batch the public does not see.

First all of 1–4 households; then as many others as are needed until none of them can be worked
out from all that was ever published. Each that is still too narrow is moved as far as it must be
in the cheapest way: what has to give way is hidden with it, small figures rather than large ones.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import ceil, log1p
from typing import NamedTuple

from catalog.assistance.figures.measures import TOLERANCE, Households, Money
from catalog.assistance.figures.programs import FREE, Program, Programs
from catalog.assistance.figures.shapes import Figure, Place, Span, Table
from catalog.assistance.figures.unknowns import Edition, State, Unknowns, unknowns_of

COST_OF_TABLE = {Table.ALL: 20, Table.COUNTY: 3}
COST_OF_SPAN = {Span.QUARTER: 2, Span.YEAR: 4}
MOVED = 1e-7


class Proof(NamedTuple):
    """`narrowest` is the fewest whole numbers of households that a hidden figure can be, as far
    as was looked; `failed` are figures that can be worked out."""

    figures: int
    small: int
    with_them: int
    narrowest: int | None
    failed: int
    programs: int


def hide_figures(
    figures: Mapping[Place, Figure],
    earlier: Sequence[Edition],
    counties: Mapping[str, str],
    tell: Callable[[], None] = lambda: None,
) -> frozenset[Place]:
    """What the new batch hides; `earlier` are all that were published, in any order."""
    hidden: set[Place] = set()
    newest = Edition(figures, begin_with(figures, earlier))
    for year in years_of(figures):
        unknowns = unknowns_in(year, newest, earlier, counties)
        hide_in(unknowns)
        hidden |= unknowns.hidden_places
        tell()
    return frozenset(hidden)


def begin_with(figures: Mapping[Place, Figure], earlier: Sequence[Edition]) -> frozenset[Place]:
    """The small ones, and those that an earlier batch hid with as many households or as much
    money. What one has shown is known already, and is not hidden afterwards."""
    hidden = {place for place, figure in figures.items() if figure.is_small}
    for place in figures.keys() - hidden:
        versions = [(one.figures[place], place in one.hidden) for one in earlier
                    if place in one.figures]  # fmt: skip
        if any(is_same and not was_hidden for is_same, was_hidden in
               ((figures[place] == one, was_hidden) for one, was_hidden in versions)):  # fmt: skip
            continue
        if any(was_hidden and is_like(one, figures[place]) for one, was_hidden in versions):
            hidden.add(place)
    return frozenset(hidden)


def is_like(one: Figure, other: Figure) -> bool:
    return one.households == other.households or one.fen == other.fen


def years_of(figures: Iterable[Place]) -> list[date]:
    return sorted({place.begins_on.replace(month=1, day=1) for place in figures})


def unknowns_in(
    year: date, newest: Edition, earlier: Iterable[Edition], counties: Mapping[str, str]
) -> Unknowns:
    before = [edition.of_year(year) for edition in earlier]
    return unknowns_of(newest.of_year(year), before, counties)


def hide_in(unknowns: Unknowns) -> None:
    """Ends: every turn hides something more or is the last."""
    programs = (Programs(unknowns, Money()), Programs(unknowns, Households()))
    costs = {number: cost_of(unknowns, number) for number in unknowns.all_in(State.OPEN)}
    while any(relieve(one, costs) for one in programs):
        pass


def cost_of(unknowns: Unknowns, number: int) -> float:
    place, figure = unknowns.places[number], unknowns.figures[number]
    importance = COST_OF_TABLE.get(place.table, 1) * COST_OF_SPAN.get(place.span, 1)
    return importance * (1 + log1p(figure.households))


def relieve(programs: Programs, costs: Mapping[int, float]) -> bool:
    """Whether anything more was hidden."""
    unknowns = programs.unknowns
    before = len(unknowns.all_in(State.OPEN))
    stuck = False
    for number in programs.narrow():
        if not programs.is_wide(number):
            stuck = not give_way(programs, number, costs) or stuck
    if stuck:
        for number in unknowns.all_in(State.OPEN):
            unknowns.hide(number)
    return len(unknowns.all_in(State.OPEN)) < before


def give_way(programs: Programs, number: int, costs: Mapping[int, float]) -> bool:
    """Hide what must move so that this one can; False when nothing helps."""
    unknowns = programs.unknowns
    free = [one for one, state in enumerate(unknowns.states) if state in FREE]
    opened = unknowns.all_in(State.OPEN)
    program = Program(programs, free, opened)
    for by in needed(programs, number):
        solution = program.move(number, by, costs)
        if solution:
            for one in opened:
                if abs(solution.moves[one]) > MOVED:
                    unknowns.hide(one)
            programs.saw(solution)
            return programs.is_wide(number)
    return False


def needed(programs: Programs, number: int) -> list[float]:
    """How far up, or how far down, so that it is wide with what was seen of it."""
    truth, low, high = programs.truths[number], programs.low[number], programs.high[number]
    width = programs.measure.width(truth)
    if isinstance(programs.measure, Households):
        low, high = ceil(low - TOLERANCE), int(high + TOLERANCE)
    return [low + width, high - width]


def prove(newest: Edition, earlier: Sequence[Edition], counties: Mapping[str, str]) -> Proof:
    """Of the pattern as it stands, begun anew: nothing is taken over from having made it."""
    failed, programs_solved, narrowest = 0, 0, None
    for year in years_of(newest.figures):
        unknowns = unknowns_in(year, newest, earlier, counties)
        failed += sum(not unknowns.is_hidden(one) for one in unknowns.claims)
        for measure in (Money(), Households()):
            programs = Programs(unknowns, measure)
            failed += len(programs.narrow())
            programs_solved += programs.solved
            if isinstance(measure, Households):
                least = [values_of(programs, one) for one in unknowns.all_in(State.HIDDEN)]
                narrowest = min([*least, *([narrowest] if narrowest else [])], default=None)
    small = sum(newest.figures[place].is_small for place in newest.hidden)
    with_them = len(newest.hidden) - small
    return Proof(len(newest.figures), small, with_them, narrowest, failed, programs_solved)


def values_of(programs: Programs, number: int) -> int:
    truth = programs.truths[number]
    return programs.measure.values(truth, programs.low[number], programs.high[number])
