"""A reader who has all published batches, a pencil and a linear program.

Written apart from the code that hides: from the rows as the public has them, and from what
anybody knows of how the tables hang together.
"""

from datetime import date
from functools import cached_property
from math import ceil, floor

from scipy.optimize import linprog
from scipy.sparse import csr_matrix

FAR = 10**9


def quarter(day: date) -> date:
    return date(day.year, {1: 1, 2: 4, 3: 7, 4: 10}[(day.month + 2) // 3], 1)


class Reader:
    """`batches` are lists of public rows: (table, row, span, begins_on), shown value or None, and
    a name that is the same while a figure did not change, which this reader is told as well."""

    def __init__(self, batches, counties, least, exact):
        self.names, self.values = {}, {}
        self.least, self.exact, self.counties = least, exact, counties
        self.equal, self.under = [], []
        for rows in batches:
            for _at, shown, name in rows:
                if shown is not None:
                    self.values[name] = shown
        earlier = {}
        for number, rows in enumerate(batches):
            now = {at: name for at, _shown, name in rows}
            self.read(number, now)
            self.read_what_ran_on(earlier, now)
            earlier = now
        self.unknown = [name for name in self.names if name not in self.values]

    def know(self, terms, *, is_equal):
        self.names.update(dict.fromkeys(name for name, _ in terms))
        (self.equal if is_equal else self.under).append(terms)

    def whole(self, whole, parts, *, apart=False):
        if not parts:
            return
        terms = [(whole, 1), *((part, -1) for part in parts)]
        self.know(terms, is_equal=apart or self.exact)
        if not (apart or self.exact):
            for part in parts:
                self.know([(part, 1), (whole, -1)], is_equal=False)

    def read(self, number, at):
        """One batch."""
        self.names.update(dict.fromkeys(at.values()))
        self.read_tables(at)
        self.read_years(number, at)
        for place, name in at.items():
            if place[0] == "all" and place[2] == "quarter":
                months = [
                    part
                    for other, part in at.items()
                    if other[:3] == ("all", "", "month") and quarter(other[3]) == place[3]
                ]
                self.whole(name, months)
        self.read_latent(number, at)
        for span in ("quarter", "year"):
            self.read_makers(number, at, span)

    def read_what_ran_on(self, earlier, now):
        """A year or quarter that had the same months before has grown by the new ones alone."""
        for (table, row, span, begins), name in now.items():
            same = earlier.get((table, row, span, begins))
            if span == "month" or same in (None, name):
                continue

            def months(at, place=(table, row, span, begins)):
                return {
                    day: one
                    for (its_table, its_row, its_span, day), one in at.items()
                    if (its_table, its_row, its_span) == (*place[:2], "month")
                    and (quarter(day) if place[2] == "quarter" else day.replace(month=1))
                    == place[3]
                }

            had, have = months(earlier), months(now)
            if had and had.items() <= have.items():
                self.whole(name, [same, *(one for day, one in have.items() if day not in had)])

    def read_tables(self, at):
        for span, begins in {(place[2], place[3]) for place in at if place[0] == "all"}:
            everything = at["all", "", span, begins]
            for table in ("county", "mode", "specialty", "cooperative"):
                rows = [n for p, n in at.items() if (p[0], p[2], p[3]) == (table, span, begins)]
                self.whole(everything, rows, apart=table == "county")

    def read_years(self, number, at):
        for (table, row, span, begins), name in at.items():
            if span != "year":
                continue
            quarters = {}
            for other, part in at.items():
                if other[:2] != (table, row) or other[3].year != begins.year:
                    continue
                if other[2] == "quarter":
                    quarters[other[3]] = part
                elif other[2] == "month" and table != "all":
                    latent = ("latent", number, table, row, quarter(other[3]))
                    quarters[quarter(other[3])] = latent
            self.whole(name, list(quarters.values()))

    def read_latent(self, number, at):
        found = {}
        for (table, row, span, begins), name in at.items():
            if table in ("county", "mode", "specialty") and span == "month":
                found.setdefault((table, row, quarter(begins)), []).append(name)
        for (table, row, begins), months in found.items():
            self.whole(("latent", number, table, row, begins), months)
        for table in ("county", "mode", "specialty"):
            for begins in {key[2] for key in found if key[0] == table}:
                rows = [
                    ("latent", number, *key)
                    for key in found
                    if key[0] == table and key[2] == begins
                ]
                everything = at["all", "", "quarter", begins]
                self.whole(everything, rows, apart=table == "county")

    def read_makers(self, number, at, span):
        """The producers of a county have its households, and nobody else's."""
        found = {}
        for (table, row, its_span, begins), name in at.items():
            if table == "cooperative" and its_span == span:
                found.setdefault((self.counties[row], begins), []).append(name)
        for (county, begins), makers in found.items():
            latent = ("latent", number, "county", county, begins)
            seen = at.get(("county", county, span, begins), latent)
            self.whole(seen, makers)

    def range_of(self, name):
        low = self.solve(name, 1)
        return low, self.solve(name, -1)

    def solve(self, name, sign):
        costs = [0.0] * len(self.unknown)
        costs[self.unknown.index(name)] = sign
        lowest = [0 if one[0] == "latent" else self.least for one in self.unknown]
        bounds = [(low, FAR) for low in lowest]
        found = linprog(costs, bounds=bounds, method="highs", **self.rows)
        assert found.status == 0, found.message
        return sign * found.fun

    @cached_property
    def rows(self):
        place = {one: number for number, one in enumerate(self.unknown)}
        rows = {}
        for key, kept in (("eq", self.equal), ("ub", self.under)):
            lines = []
            for terms in kept:
                line, known = [0.0] * len(place), 0
                for one, factor in terms:
                    if one in place:
                        line[place[one]] += factor
                    else:
                        known += factor * self.values[one]
                if any(line):
                    lines.append((line, -known))
            if lines:
                matrix, right = zip(*lines, strict=True)
                rows |= {f"A_{key}": csr_matrix(list(matrix)), f"b_{key}": right}
        return rows


def public_rows(figures, hidden, measure):
    """What a batch shows; a hidden figure is named by what it is, so that unchanged ones have
    one name."""
    return [
        (tuple(at), None if at in hidden else figure[measure], (*at, *figure))
        for at, figure in figures.items()
    ]


def whole_numbers(low, high):
    return floor(high + 1e-6) - ceil(low - 1e-6) + 1


def hidden_names(batches):
    return {name for rows in batches for _at, shown, name in rows if shown is None}
