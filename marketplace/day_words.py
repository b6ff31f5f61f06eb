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


def day_span(first: date, last: date) -> str:
    """2026年12月18日—20日; in English 18–20 December 2026. What both share is said once."""
    if get_language() == "en":
        return _english_span(first, last)
    words = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return words
    year = "" if first.year == last.year else f"{last.year}年"
    month = "" if (first.year, first.month) == (last.year, last.month) else f"{last.month}月"
    return f"{words}—{year}{month}{last.day}日"


def _english_span(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j F Y')}"
    begin = "j F" if first.year == last.year else "j F Y"
    return f"{date_format(first, begin)} – {date_format(last, 'j F Y')}"
