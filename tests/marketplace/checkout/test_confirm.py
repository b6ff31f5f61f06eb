"""The confirm page: what it shows, what it refuses and where, and that it orders once."""

import re

import pytest

from marketplace.accounts.models import User
from marketplace.basket.models import Basket
from marketplace.order.links import sign
from marketplace.order.models import Order
from marketplace.payment import gateway
from marketplace.payment.models import Payment
from tests.factories import CooperativeFactory, ProductFactory, pack_of
from tests.marketplace.buying import stock
from tests.marketplace.checkout.page import (
    ADD,
    BASKET,
    CONFIRM,
    HIDDEN,
    assert_nothing_ordered,
    typed,
)

pytestmark = pytest.mark.django_db


def test_an_empty_basket_leads_back_to_it(client):
    assert client.get(CONFIRM)["Location"] == BASKET
    assert client.post(CONFIRM, {"recipient": "李岚"})["Location"] == BASKET


def test_the_page_adds_up_line_by_line_with_nothing_ticked(client, fill):
    fill((ProductFactory(packs=[("39.00", 9, 1000)]), 2), ProductFactory(storage="frozen"))
    page = client.get(CONFIRM).content.decode()
    for amount in ("¥78.00", "¥18.00", "¥96.00", "¥16.00", "¥112.00"):
        assert amount in page
    assert 'type="checkbox"' in page
    assert not re.search(r'type="checkbox"[^>]*checked', page)


def test_a_guest_orders_and_goes_on_to_pay(client, fill):
    product = ProductFactory()
    fill((product, 2), ProductFactory(storage="chilled"))
    response = client.post(CONFIRM, typed(client))
    order = Order.objects.get()
    assert response["Location"] == f"https://pay.example/pi_{order.number}"
    assert (order.user, order.guest_email, order.language) == (None, "lilan@example.com", "en")
    assert order.shipping_address.mobile == "13800001234"
    assert stock(product).num_allocated == 2
    assert Payment.objects.get().method == "alipay"


def test_a_user_orders_without_writing_an_address_for_mail(client, fill):
    user = User.objects.create_user("lilan@example.com")
    client.force_login(user)
    fill(ProductFactory())
    assert "lilan@example.com" in client.get(CONFIRM).content.decode()
    client.post(CONFIRM, typed(client, email=""))
    order = Order.objects.get()
    assert (order.user, order.contact_email) == (user, "lilan@example.com")


def test_the_same_page_sent_again_leads_to_the_first_order(client, fill):
    fill(ProductFactory())
    data = typed(client)
    first, again = client.post(CONFIRM, data), client.post(CONFIRM, data)
    assert first["Location"] == again["Location"]
    assert Order.objects.count() == Payment.objects.count() == 1


def test_a_second_window_with_the_same_basket_leads_to_the_first_order(client, fill):
    fill(ProductFactory())
    one, other = typed(client), typed(client)
    assert one["submission_token"] != other["submission_token"]
    assert client.post(CONFIRM, one)["Location"] == client.post(CONFIRM, other)["Location"]
    assert Order.objects.count() == 1


def test_an_old_page_sent_again_leaves_the_next_basket_alone(client, fill):
    fill(ProductFactory())
    data = typed(client)
    client.post(CONFIRM, data)
    fill(ProductFactory(storage="frozen"))
    client.post(CONFIRM, data)
    assert Order.objects.count() == 1
    assert Basket.objects.filter(status=Basket.OPEN).count() == 1


def test_the_last_pack_goes_to_the_first_of_two(client, fill, django_user_model):
    product = ProductFactory(packs=[("18.00", 1, 1000)])
    fill(product)
    data = typed(client)
    other = type(client)()
    other.post(ADD, {"pack": pack_of(product).pk})
    page = other.get(CONFIRM).content.decode()
    late = data | dict(HIDDEN.findall(page))
    assert client.post(CONFIRM, data).status_code == 302
    assert other.post(CONFIRM, late).status_code == 409
    assert Order.objects.count() == 1
    assert stock(product).num_allocated == 1


def test_while_the_payment_service_is_down_the_order_stays_and_says_so(client, fill, monkeypatch):
    def down(**_):
        raise gateway.GatewayDown

    monkeypatch.setattr(gateway, "create_intent", down)
    fill(ProductFactory())
    response = client.post(CONFIRM, typed(client), follow=True)
    order = Order.objects.get()
    text = response.content.decode()
    assert order.is_unpaid
    assert "The payment service cannot be reached just now." in text
    assert f"/shop/orders/{sign(order)}/pay/" in text


def test_the_next_list_comes_with_the_choice_and_parcels_and_sum_beside_it(client, fill):
    fill(ProductFactory())
    data = typed(client, street="") | {"next": "place"}
    page = client.post(CONFIRM, data, headers={"HX-Request": "true"}).content.decode()
    assert "Wanshoulu" in page
    assert page.lstrip().startswith('<div class="place" id="place"')
    assert '<div id="goods" hx-swap-oob="true">' in page
    assert '<aside class="summary" id="sum" hx-swap-oob="true">' in page
    assert "On the way to Haidian District, Beijing" in page
    assert 'name="recipient"' not in page


@pytest.mark.parametrize("district", ["", "999999", "150125", "x" * 1000, "a\x00b"])
def test_an_unknown_district_opens_no_further_list(client, fill, district):
    fill(ProductFactory())
    data = typed(client, district=district) | {"next": "place"}
    response = client.post(CONFIRM, data, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert 'name="street"' not in response.content.decode()


def test_while_nothing_lies_in_the_basket_an_update_leads_back_to_it(client):
    response = client.post(CONFIRM, {"next": "place"}, headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == BASKET


def test_without_script_the_next_list_comes_by_a_button_and_nothing_is_lost(client, fill):
    fill(ProductFactory(storage="frozen"))
    data = typed(client, street="", mobile="") | {"next": "place"}
    response = client.post(CONFIRM, data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Wanshoulu" in page
    assert 'value="李岚"' in page
    assert "field--wrong" not in page
    assert re.search(r'name="consent_\d+"[^>]*checked', page)
    assert_nothing_ordered()


def test_the_page_needs_our_token(client, fill):
    fill(ProductFactory())
    data = typed(client)
    client.handler.enforce_csrf_checks = True
    assert client.post(CONFIRM, data).status_code == 403
    assert_nothing_ordered()


@pytest.mark.parametrize("count", [1, 8])
def test_the_confirm_page_costs_the_same_for_any_length(
    client, fill, count, django_assert_max_num_queries
):
    fill(
        *(ProductFactory(cooperative=CooperativeFactory(), storage="frozen") for _ in range(count))
    )
    client.get(CONFIRM)
    with django_assert_max_num_queries(25):
        page = client.get(CONFIRM).content.decode()
    assert page.count('class="packing__line') == count
