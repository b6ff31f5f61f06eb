"""Months of Beijing, each named by its first day."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone


def month_of(day: date) -> date:
    return day.replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def start_of(day: date) -> datetime:
    """Its first moment; that of a month, for its first day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(month: date) -> datetime:
    """The first moment that is in it no more."""
    return start_of(next_month(month))


def months_between(begin: date, end: date) -> Iterator[date]:
    """From `begin` on, without `end`."""
    while begin < end:
        yield begin
        begin = next_month(begin)


def quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def year_of(day: date) -> date:
    return date(day.year, 1, 1)
