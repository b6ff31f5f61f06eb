"""How far a year is, and what that asks of money that is to come in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from marketplace.money import NOTHING
from marketplace.months import start_of

WEEK = timedelta(days=7)
TENTH = Decimal("0.1")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Course:
    """`share` of the year is over, from 0 to 1; so many `weeks` of it are left. Exact, so that
    no fen depends on how a machine divides."""

    share: Fraction
    weeks: Fraction


def course_of(year: int, until: datetime) -> Course:
    begin, end = start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))
    now = min(max(until, begin), end)
    return Course(ratio(now - begin, end - begin), ratio(end - now, WEEK))


def ratio(part: timedelta, whole: timedelta) -> Fraction:
    second = timedelta(seconds=1)
    return Fraction(part // second, whole // second)


@dataclass(frozen=True)
class Amounts:
    """Yuan: what was sold in the base year, what is to be sold, what was; and whether that is
    enough for how far the year is. Nothing is planned where `target` is None."""

    base: Decimal | None
    target: Decimal | None
    sold: Decimal
    refunded: Decimal
    course: Course

    @property
    def net(self) -> Decimal:
        return self.sold - self.refunded

    @property
    def is_planned(self) -> bool:
        return self.target is not None

    @property
    def pace(self) -> Decimal:
        """What would be sold by now if every day of the year sold the same."""
        return round(Fraction(self.target or 0) * self.course.share * 100) / HUNDRED

    @property
    def ahead(self) -> Decimal:
        """Of the pace; below zero when behind."""
        return self.net - self.pace

    @property
    def behind(self) -> Decimal:
        """The pace less what was sold; for words that know that it is so."""
        return -self.ahead

    @property
    def percent(self) -> Decimal | None:
        """Of the target, to a tenth; None where nothing is to be sold."""
        return (self.net * HUNDRED / self.target).quantize(TENTH) if self.target else None

    @property
    def missing(self) -> Decimal:
        return max((self.target or NOTHING) - self.net, NOTHING)

    @property
    def per_week(self) -> Decimal | None:
        """What each week that is left has to bring, rounded up; the last days count as a week.
        None when the year is over."""
        if not self.course.weeks:
            return None
        return ceil(Fraction(self.missing) * 100 / max(self.course.weeks, 1)) / HUNDRED
