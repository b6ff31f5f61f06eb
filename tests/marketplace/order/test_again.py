"""Buying again: what is still for sale comes into the basket, the rest is said."""

import pytest
from django.utils.translation import override

from catalog.models import Product
from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from marketplace.order.links import order_path, sign
from marketplace.partner.models import StockRecord
from tests.factories import ProductFactory, pack_of
from tests.marketplace.buying import NOW, basket_with, order_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


def again(client, order):
    return client.post(f"/en/shop/orders/{sign(order)}/again/", follow=True)


def in_the_basket():
    lines = Line.objects.filter(basket__status=Basket.OPEN).order_by("product")
    return list(lines.values_list("product", "quantity"))


def test_all_that_was_bought_lies_in_the_guests_basket(client):
    oats, rolls = ProductFactory(), ProductFactory(storage="frozen")
    order = order_for((oats, 2), (rolls, 1))
    response = again(client, order)
    assert response.redirect_chain == [("/en/shop/basket/", 302)]
    assert in_the_basket() == [(pack_of(oats).pk, 2), (pack_of(rolls).pk, 1)]
    page = response.content.decode()
    assert "notice--problem" not in page
    assert oats.title_en in page


def test_what_is_no_longer_for_sale_is_named_with_the_reason_and_the_rest_comes(client):
    gone, scarce, left = (
        ProductFactory(title_en="Gone"), ProductFactory(title_en="Scarce"), ProductFactory()
    )  # fmt: skip
    order = order_for(gone, (scarce, 3), left)
    Product.objects.filter(pk=gone.pk).update(is_public=False)
    StockRecord.objects.filter(product=pack_of(scarce)).update(num_in_stock=5)
    page = again(client, order).content.decode()
    assert "Gone 1000 g: No longer for sale." in page
    assert "Scarce 1000 g: Only 2 packs left." in page
    assert in_the_basket() == [(pack_of(left).pk, 1)]


def test_when_nothing_is_left_the_order_page_says_so(client):
    product = ProductFactory(title_en="Oats")
    order = order_for(product)
    order.lines.update(product=None)
    response = again(client, order)
    with override("en"):
        assert response.redirect_chain == [(order_path(order), 302)]
    assert "Oats 1000 g: No longer for sale." in response.content.decode()
    assert in_the_basket() == []


def test_a_signed_in_buyer_gets_it_into_their_own_basket(client):
    user = User.objects.create_user("lilan@example.com")
    client.force_login(user)
    order = order_for(ProductFactory(), ProductFactory())
    again(client, order)
    assert Basket.objects.get(owner=user).lines.count() == 2


def test_it_comes_on_top_of_what_lies_there(client):
    product = ProductFactory()
    order = order_for((product, 2))
    client.post("/en/shop/basket/add/", {"pack": pack_of(product).pk, "quantity": 3})
    again(client, order)
    assert in_the_basket() == [(pack_of(product).pk, 5)]


def test_looking_at_the_address_puts_nothing_anywhere(client):
    order = order_for()
    with override("en"):
        assert client.get(f"/en/shop/orders/{sign(order)}/again/")["Location"] == order_path(order)
    assert in_the_basket() == []


def test_a_link_that_nobody_signed_or_another_site_buys_nothing(client):
    order = order_for()
    assert client.post(f"/en/shop/orders/{order.number}/again/").status_code == 404
    client.handler.enforce_csrf_checks = True
    assert client.post(f"/en/shop/orders/{sign(order)}/again/").status_code == 403
    assert in_the_basket() == []


def test_other_baskets_stay_as_they_are(client):
    other = basket_with(ProductFactory())
    again(client, order_for())
    assert other.lines.get().quantity == 1
