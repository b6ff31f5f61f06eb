"""The day on which a parcel leaves its cooperative."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from catalog.models import Product
from marketplace.partner.models import Partner

# Cooperatives pick and pack until the evening and the lorry to Beijing leaves in the morning:
# what is ordered later than this, Beijing time, goes with the lorry of the day after.
CUTOFF = time(16)


@dataclass(frozen=True)
class Departure:
    """`waits_until` is the first day of the pre-sale that the parcel waits for, if it does,
    `closed_until` the last of the closed days that keep it back."""

    day: date
    waits_until: date | None = None
    closed_until: date | None = None


def is_before_cutoff(now: datetime) -> bool:
    return timezone.localtime(now).time() < CUTOFF


def first_day(now: datetime) -> date:
    """The first day on which goods that are ready can leave: tomorrow, after 16:00 a day on."""
    return timezone.localdate(now) + timedelta(days=1 if is_before_cutoff(now) else 2)


def departure_of(goods: Sequence[Product], first: date, shelf: Partner | None = None) -> Departure:
    """The first day from `first` on that suits all goods of a parcel and on which their maker's
    shelf is open.

    Where no day suits, the latest of the goods' own first days: a parcel leaves complete.
    """
    start = max(own_day(product, first) for product in goods)
    shared = (day for day in week_from(start) if all(suits(product, day) for product in goods))
    day = next(shared, start)
    waits = max((product.ship_from for product in goods if product.ship_from), default=first)
    waits_until = waits if waits > first else None
    if shelf is None or not shelf.is_closed_on(day):
        return Departure(day, waits_until)
    after = departure_of(goods, shelf.open_day_from(day))
    return Departure(after.day, waits_until, shelf.closed_until)


def own_day(product: Product, first: date) -> date:
    """When this good alone would leave: on a weekday of its own, not before its pre-sale."""
    start = max(first, product.ship_from or first)
    return next((day for day in week_from(start) if is_weekday_of(product, day)), start)


def suits(product: Product, day: date) -> bool:
    in_window = product.ship_until is None or day <= product.ship_until
    return in_window and is_weekday_of(product, day)


def is_weekday_of(product: Product, day: date) -> bool:
    return not product.dispatch_weekdays or day.isoweekday() in product.dispatch_weekdays


def week_from(start: date) -> list[date]:
    return [start + timedelta(days=number) for number in range(7)]
