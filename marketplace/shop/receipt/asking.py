"""Waiting for the picture: the worker is asked once, the page looks again with growing pauses."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language

from marketplace.order.models import Order
from marketplace.shop.receipt.keeping import has_picture, is_to_be_drawn
from marketplace.shop.receipt.poster import Poster
from marketplace.shop.tasks import draw_receipt

PAUSES = (1, 1, 2, 3, 5, 8, 13, 21)  # seconds before each further look


@dataclass(frozen=True)
class Look:
    """One look at the picture, the `asked`-th after the first."""

    is_there: bool
    asked: int

    @property
    def goes_on(self) -> bool:
        return not self.is_there and self.asked < len(PAUSES)

    @property
    def pause(self) -> int:
        return PAUSES[self.asked]

    @property
    def next(self) -> int:
        return self.asked + 1


def look_for_picture(*, order: Order, poster: Poster, asked: str) -> Look:
    """Has it drawn when it is missing; `asked` is what the address tells.

    A broker that is away is logged, and asked again by a later look.
    """
    if is_to_be_drawn(poster):
        number, language = order.number, get_language()
        transaction.on_commit(lambda: draw_receipt.delay(number, language), robust=True)
    count = int(asked) if asked.isdecimal() and len(asked) < 3 else 0
    return Look(has_picture(poster), count)
