"""A voucher on the confirm page: used and taken away in place, with all that was typed."""

import pytest

from marketplace.basket.models import Basket
from marketplace.order.models import Order
from tests.factories import ProductFactory
from tests.factories.offers import voucher_of
from tests.marketplace.checkout.page import CONFIRM, HIDDEN, assert_nothing_ordered, typed

pytestmark = pytest.mark.django_db
IN_PLACE = {"HX-Request": "true"}


@pytest.fixture
def data(client, fill):
    voucher_of(code="YINSHAN8", off="8.00")
    fill(ProductFactory(packs=[("18.00", 20, 1000)]))
    return typed(client)


def test_a_code_lowers_the_sum_that_is_then_ordered(client, data):
    before = float(data["shown_total"])
    asked = data | {"next": "voucher", "code": " yinshan8 "}
    page = client.post(CONFIRM, asked, headers=IN_PLACE).content.decode()
    shown = dict(HIDDEN.findall(page))
    assert float(shown["shown_total"]) == before - 8
    assert "−¥8.00" in page
    assert "(Borne by Yinshan Market)" in page
    assert_nothing_ordered()
    assert client.post(CONFIRM, data).status_code == 409
    client.post(CONFIRM, data | shown)
    assert float(Order.objects.get().total_incl_tax) == before - 8


def test_it_is_taken_away_again(client, data):
    client.post(CONFIRM, data | {"next": "voucher", "code": "YINSHAN8"}, headers=IN_PLACE)
    page = client.post(CONFIRM, data | {"next": "no-voucher"}, headers=IN_PLACE).content.decode()
    assert dict(HIDDEN.findall(page))["shown_total"] == data["shown_total"]
    assert Basket.objects.get().voucher_code == ""


@pytest.mark.parametrize("code", ["", "NOSUCH", "x" * 5000, "a\x00b", "券"])
def test_an_unknown_code_stays_in_the_field_with_the_words_beside_it(client, data, code):
    asked = data | {"next": "voucher", "code": code}
    response = client.post(CONFIRM, asked, headers=IN_PLACE)
    page = response.content.decode()
    assert response.status_code == 200
    assert "There is no voucher with this code." in page
    assert dict(HIDDEN.findall(page))["shown_total"] == data["shown_total"]
    assert Basket.objects.get().voucher_code == ""


def test_without_script_the_basket_takes_the_code_and_leads_back(client, data):
    page = client.get(CONFIRM).content.decode()
    assert 'action="/en/shop/basket/voucher/"' in page
    sent = {"code": "YINSHAN8", "next": CONFIRM}
    assert client.post("/en/shop/basket/voucher/", sent)["Location"] == CONFIRM
    assert "−¥8.00" in client.get(CONFIRM).content.decode()
