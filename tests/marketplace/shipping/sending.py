"""Lines as they are read for sending."""

from marketplace.basket.models import Basket, Line


def lines_in(basket: Basket) -> list[Line]:
    return list(Line.objects.filter(basket=basket).for_page())
