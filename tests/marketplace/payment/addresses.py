"""Addresses of one order in English, as tests read them."""

from django.urls import reverse
from django.utils.translation import override

from marketplace.order.links import order_path, sign


def address(name, order, language="en"):
    with override(language):
        return reverse(name, args=[sign(order)])


def page_of(order):
    with override("en"):
        return order_path(order)
