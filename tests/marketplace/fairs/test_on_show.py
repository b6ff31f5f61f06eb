"""What the public list of exhibitors reads."""

from datetime import date

import pytest

from marketplace.fairs.models import Exhibitor
from tests.factories import ProductFactory
from tests.factories.fairs import (
    AllotmentFactory,
    BoothFactory,
    ExhibitorFactory,
    FairFactory,
    ZoneFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 30)


def test_only_accepted_exhibitors_of_the_fair_are_on_show():
    shown = ExhibitorFactory()
    ExhibitorFactory(fair=shown.fair, state="applied")
    ExhibitorFactory(fair=shown.fair, state="withdrawn")
    ExhibitorFactory()
    assert list(Exhibitor.objects.on_show(shown.fair, DAY)) == [shown]


def test_confirmed_booths_come_first_in_their_order():
    fair = FairFactory()
    zone = ZoneFactory(fair=fair, code="B", colour="lamb")
    without, second, first = ExhibitorFactory.create_batch(3, fair=fair)
    for exhibitor, number in ((second, "B02"), (first, "B01")):
        booth = BoothFactory(zone=zone, number=number)
        AllotmentFactory(exhibitor=exhibitor, booth=booth)
    held = BoothFactory(zone=zone, number="B03")
    AllotmentFactory(exhibitor=without, booth=held, confirmed_at=None)
    rows = list(Exhibitor.objects.on_show(fair, DAY))
    assert [row.booth_number for row in rows] == ["B01", "B02", None]
    assert [stand.booth.zone.colour for row in rows for stand in row.stands] == ["lamb", "lamb"]
    assert rows == [first, second, without]


def test_goods_that_are_not_for_sale_are_neither_counted_nor_shown():
    sold = ProductFactory()
    ended = ProductFactory(sellable_until=date(2026, 11, 29), cooperative=sold.cooperative)
    exhibitor = ExhibitorFactory(cooperative=sold.cooperative, goods=[sold, ended])
    row = Exhibitor.objects.on_show(exhibitor.fair, DAY).with_goods(DAY).get()
    assert row.goods_count == 1
    assert [brought.product for brought in row.on_sale] == [sold]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(django_assert_num_queries, count):
    fair = FairFactory()
    for _number in range(count):
        good = ProductFactory()
        exhibitor = ExhibitorFactory(fair=fair, cooperative=good.cooperative, goods=[good])
        AllotmentFactory(exhibitor=exhibitor)
    with django_assert_num_queries(6):
        rows = list(Exhibitor.objects.on_show(fair, DAY).with_goods(DAY))
        words = [
            (row.cooperative.place_text, row.county.name_text, row.stands[0].booth.zone.name_text)
            for row in rows
        ]
        prices = [brought.product.packs[0].price for row in rows for brought in row.on_sale]
    assert len(words) == len(prices) == count
