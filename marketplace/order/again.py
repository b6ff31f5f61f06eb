"""Buying once more what an order held."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from marketplace.basket.models import Basket
from marketplace.basket.services import BasketClosed, put_in_basket
from marketplace.basket.visitor import Visitor
from marketplace.order.models import Line, Order
from marketplace.partner.refusals import Refusal


@dataclass
class Again:
    """The basket, None when nothing could be put into it; and why for each line that could not."""

    basket: Basket | None = None
    problems: list[str] = field(default_factory=list)


def buy_again(*, order: Order, visitor: Visitor, day: date) -> Again:
    """Put the order's packs into the visitor's basket, each as far as it may be sold that day.

    A refused line keeps no other from being put there.
    """
    result = Again()
    for line in order.lines.select_related("product__parent").order_by("pk"):
        try:
            basket = put_line(line, visitor, day)
        except Refusal as refusal:
            result.problems.append(said_of(line, refusal.words))
        except BasketClosed:
            result.problems.append(said_of(line, _("Not added. Please try once more.")))
        else:
            result.basket = basket
            visitor = Visitor(visitor.user_id, basket.pk)
    return result


def put_line(line: Line, visitor: Visitor, day: date) -> Basket:
    if line.product is None:
        raise Gone(None)
    put = put_in_basket(visitor=visitor, pack=line.product, quantity=line.quantity, day=day)
    return put.basket


def said_of(line: Line, words: str) -> str:
    return _("%(title)s: %(words)s") % {"title": line.title_text, "words": words}


class Gone(Refusal):
    """The pack itself is no longer kept."""

    @property
    def words(self) -> str:
        return _("No longer for sale.")
