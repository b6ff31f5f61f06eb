"""The page behind the QR code: what a buyer wants to know of a pack."""

from datetime import date

import pytest

from catalog.traceability.models import LotEvent
from marketplace.aftersales.recalls import recall_lot
from marketplace.order.links import order_path
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.lots import lot_of, packed, paper_of
from tests.marketplace.buying import DAY, NOW, order_for

pytestmark = pytest.mark.django_db
PAGE = "/en/trace/L-1/"


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def product():
    maker = CooperativeFactory(name="北坡（虚构）", name_en="North Slope")
    return ProductFactory(title="燕麦片", title_en="Oat flakes", cooperative=maker)


def take_back(lot):
    return recall_lot(lot_id=lot.pk, reason="封口不严", packs={}, by=None, now=NOW, today=DAY)


def test_it_says_where_when_who_and_which_papers(client, product):
    lot_of(product, "L-1", date(2026, 11, 2), paper_of("conformity_certificate", "HGZ-7"))
    page = client.get(PAGE).content.decode()
    for words in ("Oat flakes", "L-1", "Wuchuan", "三号地", "2 November 2026", "North Slope"):
        assert words in page
    for words in ("HGZ-7", "装袋", "Packing", "Promise of conformity"):
        assert words in page
    assert product.get_absolute_url() in page
    assert "recalled" not in page


def test_it_is_the_same_address_in_chinese_and_a_small_code_finds_it(client, product):
    lot_of(product, "L-1")
    assert "燕麦片" in client.get("/trace/L-1/").content.decode()
    page = client.get("/trace/l-1/").content.decode()
    assert '/trace/L-1/">' in page


@pytest.mark.parametrize("code", ["NOPE", "L-2", "x" * 500, "0"])
def test_what_is_unknown_or_held_is_not_found_in_our_look(client, product, code):
    lot_of(product, "L-2", state="held")
    for address in (f"/trace/{code}/", f"/trace/{code}/epcis.json"):
        response = client.get(address)
        assert response.status_code == 404
        assert "tabbar" in response.content.decode()


def test_a_recalled_lot_says_so_first_and_what_to_do(client, product):
    lot = lot_of(product, "L-1")
    take_back(lot)
    page = client.get(PAGE).content.decode()
    assert page.index("please do not eat it") < page.index("trace-head")
    for words in ("封口不严", "You get your money back", "23 November 2026"):
        assert words in page
    assert "See it in the shop" not in page


def test_a_correction_stands_in_for_what_it_corrects(client, product):
    lot = lot_of(product, "L-1")
    wrong = lot.events.get()
    LotEvent.objects.create(
        lot=lot, kind="packing", on=DAY, title="装箱", corrects=wrong, recorded_at=NOW
    )
    page = client.get(PAGE).content.decode()
    assert "装箱" in page
    assert "装袋" not in page
    assert "Corrected; the earlier entry is kept." in page


def test_a_good_that_is_not_sold_is_not_offered(client, product):
    lot_of(product, "L-1")
    product.__class__.objects.filter(pk=product.pk).update(
        is_public=False, sellable_until=None, sellable_from=None
    )
    page = client.get(PAGE).content.decode()
    assert "See it in the shop" not in page


@pytest.mark.parametrize("count", [1, 40])
def test_it_costs_the_same_with_a_long_history(
    client, product, count, django_assert_max_num_queries
):
    papers = [paper_of("test_report") for _ in range(count)]
    lot = lot_of(product, "L-1", DAY, *papers)
    for number in range(count):
        LotEvent.objects.create(lot=lot, kind="processing", on=DAY, title=f"t{number}")
    take_back(lot)
    client.get("/en/trace/nope/")
    with django_assert_max_num_queries(10):
        assert client.get(PAGE).status_code == 200


def test_the_order_page_says_which_lot_each_line_came_from(client, product):
    order, lot = order_for(product), lot_of(product, "L-1")
    packed(order.lines.get(), lot)
    page = client.get(order_path(order)).content.decode()
    assert 'href="/trace/L-1/"' in page
    assert "line__recalled" not in page
    take_back(lot)
    assert "line__recalled" in client.get(order_path(order)).content.decode()
