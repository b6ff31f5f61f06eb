"""Loads 300, then 20,000 products and measures the same pages at both, in one run; at 300 also
beside a stock django-oscar.

`python -m tests.bench stock`: only the comparison. `python -m tests.bench 100 1000`: only ours,
at two other sizes. Ends with an error only when it cannot run; the numbers are for people to
judge.
"""

import os
import sys

from tests import infrastructure

os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings"
os.environ["YINSHAN_DEMO"] = "yes"
COMPARED = 300
ASKED = sys.argv[1:]
ONLY_COMPARE = ASKED == ["stock"]
SIZES = [] if ONLY_COMPARE else [int(size) for size in ASKED] or [COMPARED, 20_000]


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    import django

    django.setup()
    from tests.bench import report
    from tests.bench.comparison import compare
    from tests.bench.site import fill, fresh_database

    say(infrastructure.pytest_report_header())
    costs: dict[str, list] = {}
    with fresh_database() as templates:
        if ONLY_COMPARE or not ASKED:
            say(f"{COMPARED} products loaded in {fill(COMPARED):.0f} s")
            found = compare(templates, say)
            say(report.comparison(found))
        for size in SIZES:
            say(f"{size} products loaded in {fill(size):.0f} s; measuring")
            measure_ours(templates, costs)
    if SIZES:
        say(report.table(SIZES, costs))


def measure_ours(templates: object, costs: dict[str, list]) -> None:
    """Adds each page's cost at the size that is loaded."""
    from tests.bench.buying import buying
    from tests.bench.measure import measure
    from tests.bench.pages import pages
    from tests.bench.site import running_server

    with running_server(templates) as port:
        for name, paths in pages().items():
            costs.setdefault(name, []).append(measure(port, paths))
        for name, cost in buying(port):
            costs.setdefault(name, []).append(cost)


if __name__ == "__main__":
    main()
