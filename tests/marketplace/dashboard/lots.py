"""What tests of a cooperative's lots share: its addresses, its goods, and all that is stored."""

from catalog.models import ProductClass
from catalog.papers.models import Paper
from catalog.traceability.models import Lot, LotEvent, LotPaper
from tests.factories import ProductFactory


def good_of(maker, regime="processed", **changes):
    regime = ProductClass.objects.get(slug=regime)
    return ProductFactory(cooperative=maker, product_class=regime, **changes)


def path(*parts: str) -> str:
    return "/en/dashboard/c/beipo/lots/" + "".join(f"{part}/" for part in parts)


def everything() -> list:
    models = (Lot, LotEvent, LotPaper, Paper)
    return [list(model.objects.order_by("pk").values()) for model in models]
