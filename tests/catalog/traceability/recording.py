"""Steps of recording a lot, as a clerk does it."""

from datetime import timedelta

from catalog.models import Product, ProductClass
from catalog.papers.models import Paper
from catalog.releasing import release_lot
from catalog.traceability.models import Lot, LotEvent, LotPaper
from catalog.traceability.services import EventFacts, LotFacts, add_event, record_lot
from tests.factories import ProductFactory
from tests.marketplace.buying import DAY, NOW

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def good_of(regime: str, **changes) -> Product:
    return ProductFactory(product_class=ProductClass.objects.get(slug=regime), **changes)


def record(product, clerk, *papers, code="QY-1", day=YESTERDAY, quantity=50) -> Lot:
    return record_lot(
        product=product,
        facts=LotFacts(code, day, quantity, "三号地"),
        papers=papers,
        by=clerk,
        now=NOW,
        today=DAY,
    )


def release(lot, clerk) -> Lot:
    return release_lot(lot_id=lot.pk, by=clerk, now=NOW, today=DAY)


def add(lot, clerk, kind="processing", on=YESTERDAY, corrects=None, title="磨面") -> LotEvent:
    facts = EventFacts(kind, on, "磨坊", title)
    return add_event(lot_id=lot.pk, facts=facts, corrects=corrects, by=clerk, now=NOW, today=DAY)


def everything() -> list:
    models = (Lot, LotEvent, LotPaper, Paper)
    goods = list(Product.objects.order_by("pk").values_list("sellable_from", "sellable_until"))
    return [goods, *(list(model.objects.order_by("pk").values()) for model in models)]
