"""Rules by which a shelf on a page fills itself with goods that are for sale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from catalog.querysets import ProductQuerySet, out_of_season

IN_SEASON, NEWEST, SPECIALTY, CHOSEN = "in_season", "newest", "specialty", "chosen"
RULES = [
    (CHOSEN, _("Goods chosen below, in that order")),
    (IN_SEASON, _("In season this month")),
    (NEWEST, _("Listed last")),
    (SPECIALTY, _("Of one specialty")),
]


@dataclass(frozen=True)
class ShelfRule:
    """The first `count` goods by one of the three rules that choose by themselves.

    `select` says it to the database, `pick` to the rows that several shelves were given
    together; both mean the same goods in the same order. The rows of `pick` must bear
    `out_of_season`, see catalog.querysets.
    """

    kind: str
    count: int
    specialty: int | None = None

    def select(self, goods: ProductQuerySet, day: date) -> ProductQuerySet:
        if self.kind == NEWEST:
            return goods.order_by("-pk")[: self.count]
        if self.kind == SPECIALTY:
            goods = goods.filter(specialty=self.specialty)
        else:
            goods = goods.alias(out_of_season=out_of_season(day)).filter(out_of_season=0)
        return goods.in_default_order(day)[: self.count]

    def pick(self, goods: Iterable[Product]) -> list[Product]:
        if self.kind == NEWEST:
            return sorted(goods, key=lambda product: -product.pk)[: self.count]
        if self.kind == SPECIALTY:
            fitting = [product for product in goods if product.specialty_id == self.specialty]
        else:
            fitting = [product for product in goods if not product.out_of_season]
        return sorted(fitting, key=_default_order)[: self.count]


def _default_order(product: Product) -> tuple:
    """The order of ProductQuerySet.in_default_order."""
    return (not product.in_stock, product.out_of_season, -product.pk)
