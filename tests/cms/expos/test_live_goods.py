"""Price and stock on shelves of kept pages: right for the next visitor, not after a while."""

import pytest

from tests.cms.conftest import publish, shelf
from tests.cms.expos.conftest import BEFORE
from tests.factories import ProductFactory
from tests.factories.fairs import AllotmentFactory, BoothFactory, ZoneFactory
from tests.marketplace.shop.kept_pages.conftest import change_price, text_of
from tests.marketplace.shop.kept_pages.test_changes import name_of, rename, sell_out

pytestmark = pytest.mark.django_db(transaction=True)

HOME, FAIR, EXHIBITORS = "/", "/expos/new-year/", "/expos/new-year/exhibitors/"
CHANGES = {change_price: "19.50", sell_out: "card--sold-out", rename: "莜麦片"}


@pytest.fixture
def product(fair, home, fair_page, time_machine):
    """On a shelf of the home page and of the fair, and brought to the fair by its maker."""
    time_machine.move_to(BEFORE, tick=False)
    product = ProductFactory(title="燕麦片", packs=[("18.00", 100, 1000)])
    AllotmentFactory(
        booth=BoothFactory(zone=ZoneFactory(fair=fair, code="A"), number="A01"),
        exhibitor__fair=fair,
        exhibitor__cooperative=product.cooperative,
        exhibitor__goods=[product],
    )
    for page in (home, fair_page):
        publish(page, body=[shelf(rule="newest", count=4)])
    return product


@pytest.mark.parametrize("change", CHANGES, ids=name_of)
def test_a_change_shows_at_once_on_shelves_of_home_and_fair(client, product, change):
    for address in (HOME, FAIR):
        assert CHANGES[change] not in text_of(client, address)
    change(product)
    for address in (HOME, FAIR):
        assert CHANGES[change] in text_of(client, address)


def test_a_change_shows_at_once_among_the_exhibitors_goods(client, product):
    assert "19.50" not in text_of(client, EXHIBITORS)
    change_price(product)
    assert "19.50" in text_of(client, EXHIBITORS)
