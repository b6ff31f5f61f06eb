"""Parcels, days and sum on the confirm page, and notes to those who pack."""

import re

import pytest
import time_machine

from marketplace.checkout import views
from marketplace.order.models import Order
from marketplace.order.services import place_order
from tests.factories import ProductFactory
from tests.marketplace.buying import HAIDIAN, NOW, YANQING, stock, street_in
from tests.marketplace.checkout.page import (
    CONFIRM,
    HIDDEN,
    assert_nothing_ordered,
    typed,
)

IN_PLACE = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


def test_parcels_and_sum_are_those_of_the_chosen_place(client, fill):
    fill(ProductFactory(packs=[("18.00", 20, 1000)]))
    data = typed(client, district=YANQING, street=street_in(YANQING).pk)
    assert data["shown_total"] == "26.00"
    page = client.post(CONFIRM, data | {"next": "place"}, headers=IN_PLACE).content.decode()
    assert "Yanqing District, Beijing" in page
    assert dict(HIDDEN.findall(page))["shown_total"] == "28.00"
    assert_nothing_ordered()


def test_a_fee_that_the_page_had_not_shown_is_not_ordered(client, fill):
    fill(ProductFactory(packs=[("18.00", 20, 1000)]))
    data = typed(client, district=YANQING, street=street_in(YANQING).pk)
    response = client.post(CONFIRM, data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "The total has changed meanwhile." in page
    assert "¥28.00" in page
    assert_nothing_ordered()
    client.post(CONFIRM, data | dict(HIDDEN.findall(page)))
    order = Order.objects.get()
    assert (order.shipping_incl_tax, order.total_incl_tax) == (10, 28)


def test_what_is_not_delivered_to_the_chosen_place_closes_the_button(client, fill):
    fill(ProductFactory(storage="chilled"))
    data = typed(client, district=YANQING, street="") | {"next": "place"}
    page = client.post(CONFIRM, data, headers=IN_PLACE).content.decode()
    assert "goods are not delivered there, only to" in page
    assert re.search(r'class="button button--wide" disabled', page)
    back = client.post(CONFIRM, data | {"district": HAIDIAN}, headers=IN_PLACE).content.decode()
    assert not re.search(r'class="button button--wide" disabled', back)


@time_machine.travel(NOW, tick=False)
def test_each_parcel_says_its_day_and_what_has_to_be_known(client, fill):
    fill(ProductFactory(storage="ambient_fresh"), ProductFactory(storage="frozen"))
    page = client.get(CONFIRM).content.decode()
    assert "2 parcels, arriving on 2 days" in page
    assert "Arrives Wednesday, 25 November" in page
    assert page.count("Ambient, packed against frost") == 1
    chinese = client.get(CONFIRM.removeprefix("/en")).content.decode()
    assert "11月25日（周三）到" in chinese
    assert "11月26日（周四）到" in chinese


def test_notes_reach_the_order_under_their_cooperative(client, fill, monkeypatch):
    placed = []

    def place(*, purchase, **more):
        placed.append(purchase)
        return place_order(purchase=purchase, **more)

    monkeypatch.setattr(views, "place_order", place)
    first, second = ProductFactory(), ProductFactory()
    fill(first, second)
    partners = [stock(product).partner_id for product in (first, second)]
    note = {f"note_{partners[0]}": " 请放门口 ", f"note_{partners[1]}": ""}
    client.post(CONFIRM, typed(client, **note))
    assert placed[0].notes == {partners[0]: "请放门口"}


@pytest.mark.parametrize("note", ["长" * 201, "a\x00b"])
def test_a_note_that_is_too_long_is_refused_beside_it(client, fill, note):
    product = ProductFactory()
    fill(product)
    name = f"note_{stock(product).partner_id}"
    response = client.post(CONFIRM, typed(client, **{name: note}))
    assert response.status_code == 422
    assert f'id="id_{name}_error"' in response.content.decode()
    assert_nothing_ordered()
