"""One good on the shelf at noon, in the middle of a minute."""

from decimal import Decimal

import pytest

from catalog.models import Product
from marketplace.partner.models import StockRecord
from marketplace.partner.services import refresh_shelf
from tests.factories import ProductFactory

LIST = "/shop/"
NOON = "2026-11-27T12:00:30+08:00"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def product(transactional_db) -> Product:
    return ProductFactory(title="燕麦片", title_en="Oat flakes", packs=[("18.00", 100, 1000)])


def text_of(client, address: str, **headers: str) -> str:
    return client.get(address, headers=headers).content.decode()


def change_price(product):
    StockRecord.objects.filter(product__parent=product).update(price=Decimal("19.50"))
    refresh_shelf(product_ids=[product.pk])
