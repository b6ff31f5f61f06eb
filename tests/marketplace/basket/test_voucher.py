"""Typing a voucher's code in the basket."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from marketplace.basket.models import Basket
from marketplace.basket.refusals import BasketClosed, UnknownVoucher
from marketplace.basket.services import remove_voucher, set_voucher
from marketplace.offer.discounts import Discounts
from marketplace.voucher.models import Voucher
from tests.factories import ProductFactory, pack_of
from tests.marketplace.buying import basket_with

pytestmark = pytest.mark.django_db
BASKET = "/en/shop/basket/"


@pytest.fixture(autouse=True)
def voucher():
    now = timezone.now()
    return Voucher.objects.create(
        name="Autumn",
        code="QIU20",
        start_datetime=now - timedelta(days=1),
        end_datetime=now + timedelta(days=1),
    )


@pytest.fixture
def basket(client):
    client.post("/en/shop/basket/add/", {"pack": pack_of(ProductFactory()).pk})
    return Basket.objects.get()


def address(name):
    with override("en"):
        return reverse(f"basket:{name}")


def kept():
    return Basket.objects.get().voucher_code


@pytest.mark.parametrize("typed", ["QIU20", "qiu20", " qiu 20 ", "ｑｉｕ２０"])
def test_a_code_is_kept_however_it_was_typed_and_taken_away_again(typed):
    basket = basket_with(ProductFactory())
    set_voucher(basket=basket, code=typed)
    assert kept() == "QIU20"
    remove_voucher(basket=basket)
    assert kept() == ""


@pytest.mark.parametrize("typed", ["", "QIU21", "x" * 5000, "a\x00b", "两箱", "' OR 1=1"])
def test_an_unknown_code_is_not_kept_and_the_one_before_stays(typed):
    basket = basket_with(ProductFactory())
    set_voucher(basket=basket, code="QIU20")
    with pytest.raises(UnknownVoucher):
        set_voucher(basket=basket, code=typed)
    assert kept() == "QIU20"


def test_an_ordered_basket_takes_no_voucher():
    basket = basket_with(ProductFactory())
    Basket.objects.update(status=Basket.SUBMITTED)
    with pytest.raises(BasketClosed):
        set_voucher(basket=basket, code="QIU20")
    assert kept() == ""


def test_an_unknown_code_stays_in_the_field_with_the_words_beside_it(client, basket):
    response = client.post(address("voucher"), {"code": "qiu 21"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="qiu 21"' in page
    assert "There is no voucher with this code." in page
    assert kept() == ""


def test_a_monstrous_code_is_cut_to_what_the_field_takes(client, basket):
    response = client.post(address("voucher"), {"code": "x" * 5000})
    assert response.status_code == 422
    assert f'value="{"x" * 40}"' in response.content.decode()


def test_a_code_is_used_and_taken_away_in_place_or_by_redirect(client, basket):
    response = client.post(address("voucher"), {"code": "qiu20"})
    assert (response.status_code, response["Location"], kept()) == (302, BASKET, "QIU20")
    assert 'value="QIU20"' in client.get(BASKET).content.decode()
    response = client.post(address("voucher_remove"), headers={"HX-Request": "true"})
    assert 'id="basket"' in response.content.decode()
    assert kept() == ""


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/en/shop/checkout/", "/en/shop/checkout/"),
        ("https://elsewhere.example/", BASKET),
        ("//elsewhere.example", BASKET),
        ("javascript:alert(1)", BASKET),
    ],
)
def test_the_way_back_stays_on_this_site(client, basket, wanted, led):
    for name in ("voucher", "voucher_remove"):
        response = client.post(address(name), {"code": "QIU20", "next": wanted})
        assert response["Location"] == led


def test_why_a_voucher_does_not_count_stands_beside_the_field(client, basket, monkeypatch):
    problem = Discounts([], "¥20.00 more and this voucher counts.")
    monkeypatch.setattr("marketplace.basket.contents.discounts_for", lambda **_: problem)
    client.post(address("voucher"), {"code": "QIU20"})
    assert "¥20.00 more and this voucher counts." in client.get(BASKET).content.decode()


@pytest.mark.parametrize("name", ["voucher", "voucher_remove"])
def test_it_needs_a_basket_our_token_and_a_post(client, basket, name):
    assert client.get(address(name), {"code": "QIU20"})["Location"] == BASKET
    assert type(client)().post(address(name), {"code": "QIU20"}).status_code == 404
    client.handler.enforce_csrf_checks = True
    assert client.post(address(name), {"code": "QIU20"}).status_code == 403
    assert kept() == ""
