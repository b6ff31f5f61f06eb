"""The basket over HTTP: with and without script, from elsewhere, with nonsense typed in."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from marketplace.basket.models import Basket, Line
from tests.factories import CooperativeFactory, ProductFactory, pack_of

pytestmark = pytest.mark.django_db
ADD = "/en/shop/basket/add/"
BASKET = "/en/shop/basket/"


@pytest.fixture
def product():
    return ProductFactory(title_en="Oat flour", packs=[("18.00", 100, 1000)])


@pytest.fixture
def line(client, product):
    """A line in the client's own basket."""
    client.post(ADD, {"pack": pack_of(product).pk, "quantity": "2"})
    return Line.objects.get()


def basket_cookies(response):
    return [cookie for name, cookie in response.cookies.items() if name.startswith("basket-")]


def address(name, line):
    with override("en"):
        return reverse(f"basket:{name}", args=[line.pk])


def test_the_first_add_makes_the_cookie_and_leads_to_the_basket(client, product):
    assert not basket_cookies(client.get(BASKET))
    response = client.post(ADD, {"pack": pack_of(product).pk, "quantity": "2"})
    assert (response.status_code, response["Location"]) == (302, BASKET)
    [cookie] = basket_cookies(response)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    page = client.get(BASKET).content.decode()
    assert "Oat flour 1000 g" in page
    assert "¥36.00" in page
    assert "¥44.00" in page.replace('<span class="price__sign">¥</span>', "¥")


def test_adding_with_script_answers_with_a_notice_and_tells_the_header(client, product):
    data = {"pack": pack_of(product).pk, "quantity": "2"}
    response = client.post(ADD, data, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert response["HX-Trigger"] == '{"basket-changed": {}}'
    assert 'data-result="added"' in response.content.decode()


@pytest.mark.parametrize("typed", ["0", "-1", "1000000000", "两箱", "", "2.5", "9" * 5000])
def test_a_quantity_that_is_none_is_refused_in_words_and_nothing_is_kept(client, product, typed):
    data = {"pack": pack_of(product).pk, "quantity": typed}
    for headers in ({}, {"HX-Request": "true"}):
        response = client.post(ADD, data, headers=headers)
        assert response.status_code == 422
        assert "Please enter a number from 1 to 999." in response.content.decode()
        assert not basket_cookies(response)
    assert not Basket.objects.exists()


def test_full_width_digits_are_a_number(client, product):
    client.post(ADD, {"pack": pack_of(product).pk, "quantity": "２"})
    assert Line.objects.get().quantity == 2


@pytest.mark.parametrize("pack", ["0", "-1", "abc", "", "9" * 40, "parent"])
def test_a_pack_that_is_not_there_is_not_found(client, product, pack):
    response = client.post(ADD, {"pack": product.pk if pack == "parent" else pack})
    assert response.status_code == 404
    assert not Basket.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_fill_the_basket(client, product, headers):
    response = client.post(ADD, {"pack": pack_of(product).pk}, headers=headers)
    assert response.status_code == 403
    assert not Basket.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}]
)
def test_our_own_pages_fill_the_basket_without_a_token(product, headers, client):
    client.handler.enforce_csrf_checks = True
    response = client.post(ADD, {"pack": pack_of(product).pk}, headers=headers)
    assert response.status_code == 302


def test_a_cookie_that_was_tampered_with_is_nobodys(client, line):
    name = f"basket-{line.basket_id}"
    client.cookies[name] = client.cookies[name].value.replace(
        str(line.basket_id), str(line.basket_id + 1), 1
    )
    assert "Nothing in the basket yet" in client.get(BASKET).content.decode()


def test_looking_for_add_leads_to_the_basket(client):
    response = client.get(ADD)
    assert (response.status_code, response["Location"]) == (302, BASKET)


def test_a_line_is_changed_in_place_with_script_and_by_redirect_without(client, line):
    response = client.post(address("set", line), {"quantity": "3"}, headers={"HX-Request": "true"})
    assert response["HX-Trigger"] == '{"basket-changed": {}}'
    assert response.content.decode().lstrip().startswith('<div class="basket" id="basket"')
    assert client.post(address("set", line), {"quantity": "4"})["Location"] == BASKET
    line.refresh_from_db()
    assert line.quantity == 4


@pytest.mark.parametrize("typed", ["0", "-1", "1000000000", "两箱", "101"])
def test_a_refused_quantity_stays_in_its_field_with_the_words_beside_it(client, line, typed):
    response = client.post(address("set", line), {"quantity": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert f'value="{typed}"' in page
    assert ("Only 100 packs left." if typed == "101" else "Please enter a number") in page
    line.refresh_from_db()
    assert line.quantity == 2


def test_a_line_that_is_taken_out_can_be_put_back(client, line, product):
    response = client.post(address("remove", line), follow=True)
    page = response.content.decode()
    assert not Line.objects.exists()
    assert "Nothing in the basket yet" in page
    assert f'name="pack" value="{pack_of(product).pk}"' in page
    client.post(ADD, {"pack": pack_of(product).pk, "quantity": "2"})
    assert Line.objects.get().quantity == 2


@pytest.mark.parametrize("query", ["?taken=999999&quantity=1", "?taken=a&quantity=b", "?taken=1"])
def test_an_address_made_by_hand_puts_nothing_back(client, query):
    response = client.get(BASKET + query)
    assert response.status_code == 200
    assert "Put it back" not in response.content.decode()


@pytest.mark.parametrize("name", ["set", "remove"])
def test_a_foreign_line_is_not_found_and_stays(client, line, name):
    client.cookies.clear()
    assert client.post(address(name, line), {"quantity": "9"}).status_code == 404
    line.refresh_from_db()
    assert line.quantity == 2


@pytest.mark.parametrize("name", ["set", "remove"])
def test_a_line_changes_only_with_our_token(client, line, name):
    client.handler.enforce_csrf_checks = True
    assert client.post(address(name, line), {"quantity": "9"}).status_code == 403
    line.refresh_from_db()
    assert line.quantity == 2


def test_a_withdrawn_good_is_marked_and_closes_the_way_on(client, line, product):
    type(product).objects.update(is_public=False)
    page = client.get(BASKET).content.decode()
    assert "No longer for sale." in page
    assert "/shop/checkout/" not in page


@pytest.mark.parametrize("count", [1, 8])
def test_the_basket_page_costs_the_same_for_any_length(
    client, count, django_assert_max_num_queries
):
    for _ in range(count):
        product = ProductFactory(cooperative=CooperativeFactory())
        client.post(ADD, {"pack": pack_of(product).pk})
    client.get(BASKET)
    with django_assert_max_num_queries(15):
        response = client.get(BASKET)
    assert response.content.decode().count('class="line ') == count


@pytest.mark.parametrize("name", ["set", "remove"])
def test_looking_at_the_address_of_a_change_changes_nothing(client, line, name):
    assert client.get(address(name, line))["Location"] == BASKET
    line.refresh_from_db()
    assert line.quantity == 2
