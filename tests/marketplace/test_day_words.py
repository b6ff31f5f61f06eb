"""Days near at hand, in either language."""

from datetime import date

import pytest
from django.utils.translation import override

from marketplace.day_words import month_day, near_day


@pytest.mark.parametrize(
    ("language", "near", "month"),
    [
        ("zh-hans", "25日（周三）", "11月25日（周三）"),
        ("en", "Wed 25 November", "Wednesday, 25 November"),
    ],
)
def test_a_day_is_said_with_its_weekday(language, near, month):
    with override(language):
        assert (near_day(date(2026, 11, 25)), month_day(date(2026, 11, 25))) == (near, month)
