"""The tables: both sizes of ours side by side, and a stock django-oscar beside ours."""

from collections.abc import Mapping, Sequence

from tests.bench.comparison import Comparison
from tests.bench.crowd import BUYERS, PACKS, Crush
from tests.bench.measure import Cost
from tests.bench.server import WORKERS

SHOPS = ("stock", "ours")


def table(sizes: Sequence[int], costs: Mapping[str, Sequence[Cost]]) -> str:
    small, large = (f"{size:,}" for size in sizes)
    head = [
        "page",
        *(f"{what} {size}" for what in ("SQL", "ms", "req/s") for size in (small, large)),
    ]
    head[5:5] = ["ms ratio"]
    head.append("req/s ratio")
    return aligned([head, *(row(name, *pair) for name, pair in costs.items())])


def row(name: str, small: Cost, large: Cost) -> list[str]:
    return [
        name,
        str(small.queries),
        str(large.queries),
        f"{small.milliseconds:.1f}",
        f"{large.milliseconds:.1f}",
        f"×{large.milliseconds / small.milliseconds:.2f}",
        f"{small.rate:.0f}",
        f"{large.rate:.0f}",
        f"×{large.rate / small.rate:.2f}",
    ]


def comparison(found: Comparison) -> str:
    """In Markdown, as the README quotes it. Ratios say how many times better ours is."""
    head = ["page"]
    for what in ("SQL", "ms", "req/s"):
        head += [f"{what} {shop}" for shop in SHOPS]
        head += [] if what == "SQL" else ["ratio"]
    rows = [beside(name, *pair) for name, pair in found.costs.items()]
    crowd = [f"{BUYERS} buyers for {PACKS} packs"]
    crowd += [f"{what} {shop}" for what in ("orders", "5xx", "allocated") for shop in SHOPS]
    crushes = [crushed(threads, *pair) for threads, pair in found.crushes.items()]
    return f"{markdown([head, *rows])}\n\n{markdown([crowd, *crushes])}"


def beside(name: str, stock: Cost, ours: Cost) -> list[str]:
    return [
        name,
        str(stock.queries),
        str(ours.queries),
        f"{stock.milliseconds:.0f}",
        f"{ours.milliseconds:.0f}",
        f"×{stock.milliseconds / ours.milliseconds:.1f}",
        f"{stock.rate:.1f}",
        f"{ours.rate:.1f}",
        f"×{ours.rate / stock.rate:.1f}",
    ]


def crushed(threads: int, stock: Crush, ours: Crush) -> list[str]:
    pairs = ((stock.orders, ours.orders), (stock.errors, ours.errors))
    shelf = [f"{crush.allocated} of {crush.in_stock}" for crush in (stock, ours)]
    numbers = [str(number) for pair in pairs for number in pair]
    return [f"{WORKERS} processes, threads each: {threads}", *numbers, *shelf]


def markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = rows
    line = ["---", *("--:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, line, *rest))


def aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[column]) for line in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in rows
    )
