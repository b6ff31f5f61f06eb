"""Published figures in words."""

from django import template

from marketplace.shop.impact import words

register = template.Library()
register.filter("as_of", words.as_of_words)
register.filter("span", words.span_words)
register.filter("money", words.money_words)
register.filter("households", words.households_words)


@register.filter
def whole_year(year: int) -> str:
    """2026年; in English 2026."""
    return words.months_words(year, 12)
