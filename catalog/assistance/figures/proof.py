"""The proof that no hidden figure of any batch can be worked out too closely."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from catalog.assistance.figures.measures import Households, Money
from catalog.assistance.figures.programs import Programs
from catalog.assistance.figures.unknowns import Edition, State, unknowns_in, years_of


class Proof(NamedTuple):
    """`narrowest` is the fewest whole numbers of households that a hidden figure can be, as far
    as was looked; `failed` are figures that can be worked out."""

    figures: int
    small: int
    with_them: int
    narrowest: int | None
    failed: int
    programs: int


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
