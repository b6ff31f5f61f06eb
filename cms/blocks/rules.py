"""Rules by which a shelf on a page fills itself with goods that are for sale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from catalog.querysets import ProductQuerySet, out_of_season
from marketplace.fairs.models import Exhibitor, ExhibitorProduct

IN_SEASON, NEWEST, CHOSEN = "in_season", "newest", "chosen"
# The first three are also the names of the columns of a good.
SPECIALTY, COUNTY, COOPERATIVE, FAIR = "specialty", "county", "cooperative", "fair"
RULES = [
    (CHOSEN, _("Goods chosen below, in that order")),
    (IN_SEASON, _("In season this month")),
    (NEWEST, _("Listed last")),
    (SPECIALTY, _("Of one specialty")),
    (COUNTY, _("From one county")),
    (COOPERATIVE, _("From one producer")),
    (FAIR, _("Brought to one fair")),
]


@dataclass(frozen=True)
class ShelfRule:
    """The first `count` goods by one of the rules that choose by themselves.

    `of` is the key of the specialty, county, cooperative or fair that the rule names. `select`
    says it to the database, `pick` to the rows that several shelves were given together; both
    mean the same goods in the same order. The rows of `pick` must be `marked`.
    """

    kind: str
    count: int
    of: int | str | None = None

    @property
    def mark(self) -> str:
        """The name under which a good tells whether it is brought to the fair."""
        return f"at_fair_{self.of}"

    def marks(self) -> dict[str, Exists]:
        if self.kind != FAIR:
            return {}
        brought = ExhibitorProduct.objects.filter(
            product=OuterRef("pk"),
            exhibitor__fair=self.of,
            exhibitor__state=Exhibitor.State.ACCEPTED,
        )
        return {self.mark: Exists(brought)}

    def select(self, goods: ProductQuerySet, day: date) -> ProductQuerySet:
        if self.kind == NEWEST:
            return goods.order_by("-pk")[: self.count]
        if self.kind == IN_SEASON:
            goods = goods.alias(out_of_season=out_of_season(day)).filter(out_of_season=0)
        elif self.kind == FAIR:
            goods = goods.filter(*self.marks().values())
        else:
            goods = goods.filter(**{self.kind: self.of})
        return goods.in_default_order(day)[: self.count]

    def pick(self, goods: Iterable[Product]) -> list[Product]:
        if self.kind == NEWEST:
            return sorted(goods, key=lambda product: -product.pk)[: self.count]
        return sorted(filter(self._fits, goods), key=_default_order)[: self.count]

    def _fits(self, product: Product) -> bool:
        if self.kind == IN_SEASON:
            return not product.out_of_season
        if self.kind == FAIR:
            return getattr(product, self.mark)
        return getattr(product, f"{self.kind}_id") == self.of


def marked(goods: ProductQuerySet, rules: Iterable[ShelfRule], day: date) -> ProductQuerySet:
    """With all that `pick` of these rules reads."""
    marks = {name: mark for rule in rules for name, mark in rule.marks().items()}
    return goods.annotate(out_of_season=out_of_season(day), **marks)


def _default_order(product: Product) -> tuple:
    """The order of ProductQuerySet.in_default_order."""
    return (not product.in_stock, product.out_of_season, -product.pk)
