"""Days of the demonstration world, which the texts count from the day of loading."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from catalog.papers.models import Paper
from marketplace.demo import reading

FRESH_FOR = timedelta(days=14)


def world_day(today: date) -> date:
    """The day on which this world was loaded, read back from its first paper.

    It stays for two weeks, so that loading again changes nothing. After that the world is
    loaded as of today: chilled goods get a new lot with new papers before the old ones end.
    """
    row = reading.cooperatives()[0]["papers"][0]
    paper = Paper.objects.filter(kind=row["kind"], number=row["number"]).order_by("pk").first()
    if paper is None:
        return today
    day = paper.valid_from - timedelta(days=row["valid_from"])
    return day if today - day < FRESH_FOR else today


def after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def month_bits(months: Iterable[int]) -> int:
    """One bit per month, January lowest."""
    return sum(1 << (month - 1) for month in set(months))


def window(months: Sequence[int], day: date) -> tuple[date | None, date | None]:
    """[first, last] month as first and last day: the window that holds the day, or the next.

    A window may run over the new year, as [11, 4]. No months: no window.
    """
    if not months:
        return None, None
    first, last = months
    for year in (day.year - 1, day.year, day.year + 1):
        last_year = year + (last < first)
        end = date(last_year, last, monthrange(last_year, last)[1])
        if end >= day:
            break
    return date(year, first, 1), end


def windows(good: dict, day: date) -> dict[str, date | None]:
    """Sale window seen from the day, and the shipping window that follows that sale."""
    sale_from, sale_until = window(good["sale_months"], day)
    ship_from, ship_until = window(good["ship_months"], sale_until or day)
    return {
        "sale_from": sale_from,
        "sale_until": sale_until,
        "ship_from": ship_from,
        "ship_until": ship_until,
    }
