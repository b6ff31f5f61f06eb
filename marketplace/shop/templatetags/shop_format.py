"""How amounts, prices for 500 g, dates and weights are written in either language."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from catalog.models.product import UnitPrice
from marketplace import day_words

register = template.Library()
register.filter(day_words.near_day)
register.filter("cn_weekday", day_words.month_day)


def _in_english() -> bool:
    return get_language() == "en"


@register.filter
def yuan(amount: Decimal) -> str:
    """36 → 36.00, 1180 → 1,180.00; the ¥ stands in the markup."""
    return f"{amount:,.2f}"


@register.filter
def with_yuan(amount: Decimal) -> str:
    """¥1,180.00, −¥36.00: where money may be below nothing."""
    return f"{'−' if amount < 0 else ''}¥{yuan(abs(amount))}"


@register.filter
def per_unit(price: UnitPrice) -> str:
    """9.00元/500g; in English ¥9.00/500 g."""
    if _in_english():
        return f"¥{yuan(price.amount)}/{price.per.replace('500', '500 ')}"
    return f"{yuan(price.amount)}元/{price.per}"


@register.filter(expects_localtime=True)
def cn_date(day: date) -> str:
    """2026年11月23日; in English 23 November 2026. Of a moment, the day that it is in Beijing."""
    return date_format(day, "j F Y" if _in_english() else "Y年n月j日")


@register.filter(expects_localtime=True)
def cn_day(day: date) -> str:
    """11月23日; in English 23 November. Of a moment, the day that it is in Beijing."""
    return date_format(day, "j F" if _in_english() else "n月j日")


@register.filter
def weight(grams: int) -> str:
    """As a shopper says it: 500g, 2.5kg; in English with a space."""
    amount, unit = (grams, "g") if grams < 1000 else (Decimal(grams) / 1000, "kg")
    return f"{amount:.10g}{' ' if _in_english() else ''}{unit}"


@register.filter
def tongue(text: str) -> SafeString | str:
    """A lang attribute for Chinese text on an English page, so that it is read out right."""
    if _in_english() and any("\u4e00" <= sign <= "\u9fff" for sign in str(text)):
        return format_html(' lang="{}"', "zh")
    return ""
