"""The cutoff, the weekdays and the pre-sale windows decide when a parcel leaves."""

from datetime import UTC, date, datetime

import pytest

from catalog.models import Product
from marketplace.partner.models import Partner
from marketplace.shipping.days import Departure, departure_of, first_day

# 23 November 2026 is a Monday.
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (date(2026, 11, day) for day in (23, 24, 25, 27))
DAILY = Product()


def weekly(*days: int) -> Product:
    return Product(dispatch_weekdays=list(days))


def presale(first: date, last: date, *days: int) -> Product:
    return Product(ship_from=first, ship_until=last, dispatch_weekdays=list(days))


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 23, 7, 59, 59, tzinfo=UTC), TUESDAY),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), WEDNESDAY),
        (datetime(2026, 11, 23, 15, 59, tzinfo=UTC), WEDNESDAY),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), WEDNESDAY),
    ],
)
def test_until_four_in_beijing_goods_leave_the_next_day_later_a_day_after(utc, day):
    assert first_day(utc) == day


@pytest.mark.parametrize(
    ("goods", "day"),
    [
        ([DAILY], TUESDAY),
        ([weekly(2, 5)], TUESDAY),
        ([weekly(5)], FRIDAY),
        ([weekly(1)], date(2026, 11, 30)),
        ([DAILY, weekly(5)], FRIDAY),
        ([weekly(2, 5), weekly(3, 5)], FRIDAY),
        ([weekly(2), weekly(2, 3)], TUESDAY),
    ],
)
def test_a_parcel_leaves_on_the_first_weekday_that_suits_all_its_goods(goods, day):
    assert departure_of(goods, TUESDAY) == Departure(day)


def test_on_its_own_weekday_a_parcel_leaves_the_day_after_it_waits_a_week():
    assert departure_of([weekly(5)], FRIDAY).day == FRIDAY
    assert departure_of([weekly(5)], date(2026, 11, 28)).day == date(2026, 12, 4)


def test_without_a_common_weekday_the_latest_of_the_own_first_days_counts():
    assert departure_of([weekly(2), weekly(5), weekly(3)], TUESDAY).day == FRIDAY


def test_weekdays_that_no_week_has_are_no_rule():
    assert departure_of([weekly(9)], TUESDAY).day == TUESDAY


def test_pre_sale_goods_make_their_parcel_wait():
    lamb = presale(date(2026, 12, 1), date(2026, 12, 31))
    assert departure_of([lamb, DAILY], TUESDAY) == Departure(date(2026, 12, 1), date(2026, 12, 1))
    fridays = presale(date(2026, 12, 1), date(2026, 12, 31), 5)
    assert departure_of([fridays], TUESDAY) == Departure(date(2026, 12, 4), date(2026, 12, 1))


def test_once_its_window_is_open_pre_sale_goods_wait_no_longer():
    lamb = presale(date(2026, 11, 1), date(2026, 11, 30))
    assert departure_of([lamb], TUESDAY) == Departure(TUESDAY)


def test_a_common_day_beyond_a_window_is_not_taken():
    lamb = presale(date(2026, 11, 1), WEDNESDAY, 3, 7)
    assert departure_of([lamb, weekly(2, 7)], TUESDAY).day == WEDNESDAY


def test_a_window_that_is_over_keeps_nothing_back():
    lamb = presale(date(2026, 10, 1), date(2026, 10, 31))
    assert departure_of([lamb, DAILY], TUESDAY) == Departure(TUESDAY)


def closed(first: date, last: date) -> Partner:
    return Partner(closed_from=first, closed_until=last)


def test_on_closed_days_nothing_leaves_and_goods_keep_their_weekday():
    away = closed(TUESDAY, FRIDAY)
    saturday = date(2026, 11, 28)
    assert departure_of([DAILY], TUESDAY, away) == Departure(saturday, None, FRIDAY)
    assert departure_of([weekly(5)], TUESDAY, away).day == date(2026, 12, 4)
    assert departure_of([DAILY], MONDAY, away) == Departure(MONDAY)
    assert departure_of([DAILY], saturday, away) == Departure(saturday)
    assert departure_of([DAILY], TUESDAY, Partner()) == Departure(TUESDAY)
    assert departure_of([weekly(5)], TUESDAY, closed(TUESDAY, date(2026, 12, 20))).day == date(
        2026, 12, 25
    )
