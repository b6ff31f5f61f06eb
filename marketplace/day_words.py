"""Days near at hand, with the day of the week, as a shopkeeper says them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

HAN_WEEKDAYS = "一二三四五六日"


def near_day(day: date) -> str:
    """25日（周三）; in English Wed 25 November."""
    if get_language() == "en":
        return date_format(day, "D j F")
    return f"{day.day}日（周{HAN_WEEKDAYS[day.weekday()]}）"


def month_day(day: date) -> str:
    """11月25日（周三）; in English Wednesday, 25 November."""
    if get_language() == "en":
        return date_format(day, "l, j F")
    return f"{day.month}月{near_day(day)}"
