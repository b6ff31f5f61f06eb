"""Pieces of the shelf that are drawn once: cards of goods, groups of filters."""

from django import template
from django.utils.safestring import SafeString

from catalog.models import Product
from marketplace.shop.cards import card_of
from marketplace.shop.drawing import draw
from marketplace.shop.facets import Facet

register = template.Library()


@register.simple_tag
def product_card(product: Product, *, lazy: bool = True) -> SafeString:
    """`lazy=False` for what stands at the top of the page."""
    return draw("components/product_card.html", "card", card_of(product, lazy=lazy))


@register.simple_tag
def facet_group(group: Facet) -> SafeString:
    return draw("components/facet_group.html", "group", group)
