"""What the shop has made in the worker."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import override

from marketplace.order.models import Order
from marketplace.shop.receipt.contents import read_receipt
from marketplace.shop.receipt.drawing import draw_poster
from marketplace.shop.receipt.keeping import keep_picture
from marketplace.shop.receipt.poster import poster_of


@shared_task
def draw_receipt(number: str, language: str) -> None:
    """The picture of an order's receipt as it is now; nothing when it has none any more."""
    order = Order.objects.for_receipt().filter(number=number).first()
    if order is None:
        return
    with override(language):
        receipt = read_receipt(order=order, now=timezone.now())
        if receipt.parts:
            poster = poster_of(receipt)
            keep_picture(poster, draw_poster(poster))
