"""The signed address of an order's page: whoever holds it may see the order.

The number alone opens nothing. The link carries no date: when links are to end, the order's
own date decides.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from marketplace.order.models import Order
from marketplace.order.querysets import OrderQuerySet

SALT = "order.page"


def sign(order: Order) -> str:
    return signing.Signer(salt=SALT).sign(order.number)


def order_behind(signed: str, orders: OrderQuerySet | None = None) -> Order:
    """The order behind a link, read from `orders`; Order.DoesNotExist when not signed by us."""
    try:
        number = signing.Signer(salt=SALT).unsign(signed)
    except signing.BadSignature as error:
        raise Order.DoesNotExist from error
    return (Order.objects.all() if orders is None else orders).get(number=number)


def order_path(order: Order) -> str:
    return reverse("order:page", args=[sign(order)])


def order_url(order: Order) -> str:
    """The absolute address for mails."""
    return settings.SITE_URL + order_path(order)
