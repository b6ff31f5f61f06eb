"""Linear programs over the unknowns: how far can each be, so that all that is published holds?

One set of programs for the households and one for the money. Everything is measured from the
truth, which fits: the programs ask how far one can move away from it. Every solution is a world
that a reader cannot rule out, and widens what is proved of all unknowns at once, so that few
programs prove many figures. More hidden figures never take a proof away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.assistance.figures.measures import Measure
from catalog.assistance.figures.unknowns import State, Unknowns
from marketplace.libraries import load

if TYPE_CHECKING:
    from numpy import ndarray
    from scipy.sparse import csr_matrix

NEARLY = 1 - 1e-9  # the end of a range itself may be missed by a rounding error
FREE = (State.HIDDEN, State.UNSEEN)


class Unsolved(Exception):
    """A program that must have a solution, the truth, was not solved."""


@dataclass
class Solution:
    """By unknown, how far it is from the truth."""

    moves: dict[int, float]


class Programs:
    """Of one measure; `low` and `high` are how far each unknown was seen from the truth."""

    def __init__(self, unknowns: Unknowns, measure: Measure) -> None:
        self.unknowns, self.measure = unknowns, measure
        self.truths = [measure.of(figure) for figure in unknowns.figures]
        self.low = [0.0] * len(self.truths)
        self.high = [0.0] * len(self.truths)
        self.reach = 10.0 * max(self.truths, default=0) + 1000
        self.solved = 0
        self.equal, self.equal_to = self.rows_of(measure.equations(unknowns.rows))
        self.under, self.under_to = self.rows_of(measure.inequalities(unknowns.rows))

    def rows_of(self, rows: Iterable[Sequence[tuple[int, int]]]) -> "tuple[csr_matrix, ndarray]":
        """Sums of unknowns times ±1, and how far from nothing the truth leaves each of them."""
        np, sparse = load("numpy"), load("scipy.sparse")
        data, columns, starts = [], [], [0]
        left = []
        for row in rows:
            columns += [number for number, _ in row]
            data += [sign for _, sign in row]
            starts.append(len(columns))
            left.append(-sum(sign * self.measure.exact(self.unknowns.figures[number])
                             for number, sign in row) / self.measure.unit)  # fmt: skip
        shape = (len(left), len(self.truths))
        return sparse.csr_matrix((data, columns, starts), shape=shape), np.array(left)

    @property
    def free(self) -> list[int]:
        """What a reader does not know."""
        return [number for number, one in enumerate(self.unknowns.states) if one in FREE]

    def is_wide(self, number: int) -> bool:
        truth = self.truths[number]
        return self.measure.is_wide(truth, self.low[number], self.high[number])

    def narrow(self) -> list[int]:
        """The hidden ones that can be worked out too closely, the smallest first."""
        found = [one for part in self.parts() for one in self.narrow_in(part)]
        return sorted(found, key=lambda number: (self.truths[number], number))

    def parts(self) -> list[list[int]]:
        """Unknowns that hang together, without those that nothing is asked of."""
        free = self.free
        if all(self.is_wide(number) for number in free if self.unknowns.is_hidden(number)):
            return []
        sparse, graph = load("scipy.sparse"), load("scipy.sparse.csgraph")
        rows = sparse.vstack([self.equal, self.under]).tocsc()[:, free]
        links = abs(rows).T @ abs(rows)
        count, labels = graph.connected_components(links, directed=False)
        parts: list[list[int]] = [[] for _ in range(count)]
        for number, label in zip(free, labels, strict=True):
            parts[label].append(number)
        return parts

    def narrow_in(self, part: Sequence[int]) -> list[int]:
        """Tries them all together first; then one by one those that are left."""
        pending = self.pending(part)
        program = Program(self, part) if pending else None
        for sign in (1, -1):
            if len(pending) > 1:
                program.push(dict.fromkeys(pending, sign))
                pending = self.pending(pending)
        for number in pending:
            for sign in (1, -1):
                if not self.is_wide(number):
                    program.push({number: sign})
        return self.pending(pending)

    def pending(self, numbers: Iterable[int]) -> list[int]:
        return [one for one in numbers if self.unknowns.is_hidden(one) and not self.is_wide(one)]

    def saw(self, solution: Solution) -> None:
        self.solved += 1
        for number, move in solution.moves.items():
            self.low[number] = min(self.low[number], move)
            self.high[number] = max(self.high[number], move)


class Program:
    """The rows that tie some unknowns; all others stay as they are known to be."""

    def __init__(self, programs: Programs, free: Sequence[int], open_: Sequence[int] = ()) -> None:
        self.programs, self.free, self.open = programs, list(free), list(open_)
        self.equal, self.equal_to = self.cut(programs.equal, programs.equal_to)
        self.under, self.under_to = self.cut(programs.under, programs.under_to)
        least = programs.measure.least
        states = programs.unknowns.states
        truths = programs.truths
        lowest = [0 if states[one] == State.UNSEEN else least for one in self.free]
        pairs = zip(self.free, lowest, strict=True)
        self.bounds = [(low - truths[one], programs.reach) for one, low in pairs]
        self.bounds += [(0, programs.reach) for _ in self.open]
        self.bounds += [(0, max(truths[one] - least, 0)) for one in self.open]

    def cut(self, rows: "csr_matrix", to: "ndarray") -> "tuple[csr_matrix, ndarray]":
        """Open ones have two columns: so far up, so far down."""
        np, sparse = load("numpy"), load("scipy.sparse")
        if not rows.shape[0]:
            return None, None
        columns = rows.tocsc()
        opened = columns[:, self.open]
        rows = sparse.hstack([columns[:, self.free], opened, -opened]).tocsr()
        tied = np.diff(rows.indptr) > 0
        return (rows[tied], to[tied]) if tied.any() else (None, None)

    def solve(self, costs: "ndarray", bounds: Sequence[tuple]) -> "ndarray | None":
        """The cheapest solution; None when there is none."""
        result = load("scipy.optimize").linprog(
            costs,
            A_eq=self.equal,
            b_eq=self.equal_to,
            A_ub=self.under,
            b_ub=self.under_to,
            bounds=bounds,
            method="highs",
        )
        return result.x if result.status == 0 else None

    def push(self, wanted: dict[int, int]) -> None:
        """As far up (1) or down (−1) as they go; in proportion to what each needs to be wide."""
        measure, truths = self.programs.measure, self.programs.truths
        costs = [-wanted.get(one, 0) / measure.width(truths[one]) for one in self.free]
        found = self.solve(costs, self.bounds)
        if found is None:
            raise Unsolved
        self.programs.saw(Solution(dict(zip(self.free, found.tolist(), strict=True))))

    def furthest(self, number: int, sign: int) -> float:
        """How far up (1) or down (−1) it can be when all open ones may move too."""
        columns = len(self.free) + 2 * len(self.open)
        costs, place = [0.0] * columns, self.free.index(number)
        costs[place] = -sign
        found = self.solve(costs, self.bounds)
        return 0.0 if found is None else float(found[place]) * NEARLY

    def move(self, number: int, by: float, costs: dict[int, float]) -> Solution | None:
        """The cheapest world in which this one is so far from the truth; None without any."""
        bounds, place = list(self.bounds), self.free.index(number)
        lowest, highest = bounds[place]
        if not lowest <= by <= highest:
            return None
        bounds[place] = (by, by)
        is_hidden = self.programs.unknowns.is_hidden
        prices = [0.0 if is_hidden(one) else costs[one] for one in self.open]
        found = self.solve([0.0] * len(self.free) + prices * 2, bounds)
        if found is None:
            return None
        moves = dict(zip(self.free, found.tolist(), strict=False))
        ups = found[len(self.free) : len(self.free) + len(self.open)]
        downs = found[len(self.free) + len(self.open) :]
        moves |= dict(zip(self.open, (ups - downs).tolist(), strict=True))
        return Solution(moves)
