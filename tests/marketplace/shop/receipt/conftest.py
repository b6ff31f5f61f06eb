"""One paid order of oat flakes and lamb from two cooperatives, all delivered."""

from datetime import date

import pytest

from catalog.models import Product
from catalog.producers.models import Cooperative
from marketplace.order.models import Order
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.goods import HONGHE, QINGSHUIHE
from tests.factories.receipts import delivered, published_batch
from tests.marketplace.buying import NOW

OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def now(db, time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def maker() -> Cooperative:
    return CooperativeFactory(
        slug="yunmaiduo", name="云麦垛（虚构）", name_en="Cloud Stack (fictional)"
    )


@pytest.fixture
def oats(maker) -> Product:
    packs = [("39.00", 90, 1000)]
    return ProductFactory(cooperative=maker, title="燕麦米", title_en="Oat rice", packs=packs)


@pytest.fixture
def millet() -> Product:
    other = CooperativeFactory(
        name="窑畔（虚构）",
        name_en="Kiln Side (fictional)",
        colour="near",
        county_id=QINGSHUIHE,
        township_id=HONGHE,
    )
    packs = [("28.00", 90, 1000)]
    return ProductFactory(cooperative=other, title="小香米", title_en="Millet", packs=packs)


@pytest.fixture
def order(oats, millet) -> Order:
    return delivered((oats, 2), millet)


@pytest.fixture
def batch():
    return published_batch(OCTOBER, NOW)
