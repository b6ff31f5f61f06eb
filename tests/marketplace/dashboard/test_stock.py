"""The stock of packs: found, set, refused in words, and what is kept of it."""

import re

import pytest

from marketplace.dashboard.models import Change
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import NOW, order_for, stock
from tests.marketplace.dashboard.walking import member_of

pytestmark = pytest.mark.django_db

LIST = "/en/dashboard/stock/"
ROW = re.compile(r'href="/en/dashboard/stock/(\d+)/')
COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')


def shown(office, **params) -> list[int]:
    response = office.get(LIST, params)
    assert response.status_code == 200
    return [int(pk) for pk in ROW.findall(response.content.decode())]


def path(record) -> str:
    return f"{LIST}{record.pk}/"


def post(office, record, quantity, seen=None, tail=""):
    seen = record.num_in_stock if seen is None else seen
    return office.post(path(record) + tail, {"quantity": quantity, "seen": seen})


def test_a_row_says_what_is_there_allocated_and_free(office):
    mill = CooperativeFactory(short_name_en="North Slope")
    product = ProductFactory(cooperative=mill, title_en="Flour", packs=[("39.00", 20, 2500)])
    order_for((product, 3))
    page = office.get(LIST).content.decode()
    for words in ("Flour 2500 g", "North Slope", "<dd>20</dd>", "<dd>3</dd>", "<b>17</b>"):
        assert words in page
    assert "1 pack size" in page


def test_search_and_cooperative_find_packs(office):
    mill, fold = CooperativeFactory(), CooperativeFactory()
    flour = stock(ProductFactory(cooperative=mill, title="石磨莜面粉", title_en="Flour"))
    mutton = stock(ProductFactory(cooperative=fold, title="羊肉卷", title_en="Mutton rolls"))
    assert shown(office, q="莜面") == [flour.pk]
    assert shown(office, q="mutton") == [mutton.pk]
    assert shown(office, q=flour.partner_sku) == [flour.pk]
    assert shown(office, cooperative=fold.slug) == [mutton.pk]
    assert shown(office, q="莜面", cooperative=fold.slug) == []
    assert "No pack fits" in office.get(LIST, {"q": "%"}).content.decode()


def test_levels_say_what_is_sold_out_and_what_is_low(office):
    gone, few, plenty = (
        stock(ProductFactory(packs=[("9.00", number, 500)])) for number in (0, 10, 11)
    )
    assert shown(office, level="sold_out") == [gone.pk]
    assert shown(office, level="low") == [few.pk]
    assert set(shown(office)) == {gone.pk, few.pk, plenty.pk}
    counts = dict(COUNT.findall(office.get(LIST).content.decode()))
    assert counts == {"": "3", "sold_out": "1", "low": "1"}


def test_stock_is_set_and_the_change_is_kept(office, operator):
    product = ProductFactory(packs=[("9.00", 0, 500)])
    record = stock(product)
    response = post(office, record, "25", tail="?q=500&page=1&x=y")
    assert response["Location"] == f"{LIST}?q=500"
    assert stock(product).num_in_stock == 25
    product.refresh_from_db()
    assert product.in_stock is True
    change = Change.objects.get()
    assert (change.room, change.subject) == ("stock", str(record.pk))
    assert (change.before, change.after) == ({"num_in_stock": 0}, {"num_in_stock": 25})
    assert (change.by, change.at) == (operator, NOW)
    assert "0 → 25" in office.get(path(record)).content.decode()


def test_the_producer_is_told_of_a_change_once_and_of_none_not_at_all(office):
    product = ProductFactory(packs=[("9.00", 5, 500)])
    member_of(product.cooperative, "owner", "owner")
    member_of(product.cooperative, "accountant", "accountant")
    post(office, stock(product), "5")
    assert not Message.objects.exists()
    post(office, stock(product), "7")
    message = Message.objects.get()
    assert message.recipient == "owner@example.com"
    assert "5 → 7" in message.body


def test_less_than_is_allocated_is_refused_in_words(office):
    product = ProductFactory(packs=[("9.00", 5, 500)])
    order_for((product, 4))
    record = stock(product)
    response = post(office, record, "3")
    page = response.content.decode()
    assert response.status_code == 200
    assert "4 packs are ordered already" in page
    assert 'value="3"' in page
    assert stock(product).num_in_stock == 5
    assert not Change.objects.exists()
    assert post(office, record, "4").status_code == 302


def test_what_moved_meanwhile_is_shown_before_it_is_overwritten(office):
    product = ProductFactory(packs=[("9.00", 5, 500)])
    record = stock(product)
    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=3)
    response = post(office, record, "9")
    assert "has become 3" in response.content.decode()
    assert stock(product).num_in_stock == 3
    assert response.context["form"]["seen"].value() == 3
    assert post(office, record, "9", seen=3).status_code == 302
    assert stock(product).num_in_stock == 9


@pytest.mark.parametrize("quantity", ["", "-1", "1.5", "两箱", "1e9", "9" * 400, "1000001"])
def test_wrong_numbers_are_said_beside_the_field_and_change_nothing(office, quantity):
    product = ProductFactory(packs=[("9.00", 5, 500)])
    response = post(office, stock(product), quantity)
    assert response.status_code == 200
    assert "field--wrong" in response.content.decode()
    assert stock(product).num_in_stock == 5
    assert not Change.objects.exists()


@pytest.mark.parametrize("seen", ["", "x", "-1", "1e9"])
def test_a_tampered_form_changes_nothing(office, seen):
    product = ProductFactory(packs=[("9.00", 5, 500)])
    assert post(office, stock(product), "7", seen=seen).status_code == 200
    assert stock(product).num_in_stock == 5


@pytest.mark.parametrize(
    "params",
    [{"cooperative": "x"}, {"level": "x"}, {"q": "x" * 10_000}, {"q": "a\x00"}],
)
def test_wrong_filters_change_nothing(office, params):
    record = stock(ProductFactory())
    assert shown(office, **params) == [record.pk]


@pytest.mark.parametrize("asked", ["abc", "0", "2", "9" * 30])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, asked):
    assert office.get(LIST, {"page": asked})["Location"] == LIST


def test_a_pack_that_is_not_there_is_not_found(office):
    assert office.get(f"{LIST}{10**30}/").status_code == 404
    assert office.post(f"{LIST}1/", {"quantity": 1, "seen": 1}).status_code == 404


@pytest.mark.parametrize("count", [1, 48])
def test_the_list_costs_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for _ in range(count):
        ProductFactory(cooperative=CooperativeFactory())
    office.get(LIST)
    with django_assert_max_num_queries(12):
        assert len(shown(office)) == count
