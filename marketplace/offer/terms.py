"""What an operator says of a discount: the terms that offers and vouchers have in common."""

from dataclasses import dataclass
from decimal import Decimal

from catalog.models import Category
from catalog.producers.models import Cooperative
from marketplace.offer.models import Bearer, Benefit


@dataclass(frozen=True)
class Scope:
    """Goods: all, unless categories or cooperatives are named; a category stands for all below."""

    categories: tuple[Category, ...] = ()
    cooperatives: tuple[Cooperative, ...] = ()

    @property
    def is_everything(self) -> bool:
        return not (self.categories or self.cooperatives)


@dataclass(frozen=True)
class Terms:
    """From `threshold` yuan of goods in the scope upwards, `value` yuan or per cent off.

    A threshold of 0 asks for nothing; `most_off` (yuan) caps what one order is given. A
    cooperative that bears the discount bears it for its own goods only, whatever the scope.
    """

    name: str
    kind: Benefit.Kind
    value: Decimal
    threshold: Decimal = Decimal(0)
    name_en: str = ""
    bearer: Bearer = Bearer.PLATFORM
    cooperative: Cooperative | None = None
    scope: Scope = Scope()
    most_off: Decimal | None = None
