"""Which figures of a batch the public does not see.

First all of 1–4 households; then as many others as are needed until none of them can be worked
out from all that was ever published. Each that is still too narrow is moved as far as it must be
in the cheapest way: what has to give way is hidden with it, small figures rather than large ones.
"""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, log1p

from catalog.assistance.figures.measures import TOLERANCE, Households, Money
from catalog.assistance.figures.programs import Program, Programs
from catalog.assistance.figures.shapes import Figure, Place, Span, Table
from catalog.assistance.figures.unknowns import Edition, State, Unknowns, unknowns_in, years_of

COST_OF_TABLE = {Table.ALL: 20, Table.COUNTY: 3}
COST_OF_SPAN = {Span.QUARTER: 2, Span.YEAR: 4}
MOVED = 1e-7


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
    shown, counts, sums = set(), set(), set()
    for edition in earlier:
        for place, figure in edition.figures.items():
            if place in edition.hidden:
                counts.add((place, figure.households))
                sums.add((place, figure.fen))
            else:
                shown.add((place, figure))
    return frozenset(
        place
        for place, figure in figures.items()
        if figure.is_small
        or (
            (place, figure) not in shown
            and ((place, figure.households) in counts or (place, figure.fen) in sums)
        )
    )


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
    """Hide what must move so that this one can; False when nothing helps.

    All the way up, else all the way down, else some of both.
    """
    program = Program(programs, programs.free, programs.unknowns.all_in(State.OPEN))
    for by in needed(programs, number):
        if hide_what_moves(program, number, by, costs):
            return True
    for by in (program.furthest(number, 1), program.furthest(number, -1)):
        hide_what_moves(program, number, by, costs)
    return programs.is_wide(number)


def hide_what_moves(program: Program, number: int, by: float, costs: Mapping[int, float]) -> bool:
    """Whether that is enough; nothing is hidden when it cannot be moved so far."""
    programs = program.programs
    solution = program.move(number, by, costs)
    if solution:
        for one in program.open:
            if abs(solution.moves[one]) > MOVED:
                programs.unknowns.hide(one)
        programs.saw(solution)
    return programs.is_wide(number)


def needed(programs: Programs, number: int) -> list[float]:
    """How far up, or how far down, so that it is wide with what was seen of it."""
    truth, low, high = programs.truths[number], programs.low[number], programs.high[number]
    width = programs.measure.width(truth)
    if isinstance(programs.measure, Households):
        low, high = ceil(low - TOLERANCE), int(high + TOLERANCE)
    return [low + width, high - width]
