from datetime import date

import pytest

from marketplace.demo.days import month_bits, window, windows


@pytest.mark.parametrize(
    ("months", "day", "begin", "end"),
    [
        ([9, 11], date(2026, 11, 23), date(2026, 9, 1), date(2026, 11, 30)),
        ([11, 4], date(2026, 11, 23), date(2026, 11, 1), date(2027, 4, 30)),
        ([11, 4], date(2027, 1, 15), date(2026, 11, 1), date(2027, 4, 30)),
        ([11, 4], date(2027, 5, 1), date(2027, 11, 1), date(2028, 4, 30)),
        ([8, 9], date(2026, 11, 23), date(2027, 8, 1), date(2027, 9, 30)),
        ([10, 2], date(2027, 12, 31), date(2027, 10, 1), date(2028, 2, 29)),
        ([1, 1], date(2026, 1, 31), date(2026, 1, 1), date(2026, 1, 31)),
    ],
)
def test_a_window_is_the_one_that_holds_the_day_or_the_next(months, day, begin, end):
    assert window(months, day) == (begin, end)


def test_no_months_mean_no_window():
    assert window([], date(2026, 11, 23)) == (None, None)


def test_a_pre_sale_ships_after_its_own_sale():
    good = {"sale_months": [8, 9], "ship_months": [10, 11]}
    assert windows(good, date(2026, 11, 23)) == {
        "sale_from": date(2027, 8, 1),
        "sale_until": date(2027, 9, 30),
        "ship_from": date(2027, 10, 1),
        "ship_until": date(2027, 11, 30),
    }


def test_months_are_bits_from_january_upwards():
    assert month_bits([1, 3, 12]) == 0b1000_0000_0101
    assert month_bits([]) == 0
