"""What a guest has put in the basket comes along at sign-in, through the real pages."""

import pytest
from allauth.account.models import EmailAddress

from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from tests.factories import ProductFactory, pack_of

pytestmark = pytest.mark.django_db
ADD, BASKET, MERGED = "/en/shop/basket/add/", "/en/shop/basket/", "/en/shop/basket/merged/"
WORD = "a long pass phrase"


@pytest.fixture
def user():
    user = User.objects.create_user("lilan@example.com", WORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def add(client, product, quantity=1):
    client.post(ADD, {"pack": pack_of(product).pk, "quantity": quantity})


def sign_in(client):
    return client.post("/en/account/login/", {"login": "lilan@example.com", "password": WORD})


def test_goods_come_along_and_what_changed_is_said_until_it_was_read(client, user):
    both, new = ProductFactory(title_en="Millet"), ProductFactory(title_en="Quinoa")
    other = type(client)()
    sign_in(other)
    add(other, both, 2)
    add(client, both, 3)
    add(client, new, 4)
    assert sign_in(client).status_code == 302
    assert Basket.objects.get(status=Basket.OPEN).owner == user
    for _ in range(2):
        page = client.get(BASKET).content.decode()
        assert "Millet 1000 g: 2 here and 3 from before make 5" in page
        assert "Quinoa 1000 g × 4, from before you signed in" in page
    assert client.get(MERGED)["Location"] == BASKET
    assert "from before" in client.get(BASKET).content.decode()
    client.post(MERGED)
    assert "from before" not in client.get(BASKET).content.decode()
    assert list(Line.objects.order_by("pk").values_list("quantity", flat=True)) == [5, 4]


def test_a_capped_sum_is_said(client, user):
    product = ProductFactory(title_en="Millet", packs=[("18.00", 4, 1000)])
    other = type(client)()
    sign_in(other)
    add(other, product, 2)
    add(client, product, 3)
    sign_in(client)
    page = client.get(BASKET).content.decode()
    assert "Millet 1000 g: 2 here and 3 from before; 4 is the most to be had now" in page


def test_signing_up_brings_the_goods_along_too(client):
    add(client, ProductFactory(), 3)
    data = {"contact": "wang@example.com", "password1": WORD, "privacy": "on"}
    client.post("/en/account/signup/", data)
    assert Basket.objects.get(status=Basket.OPEN).owner == User.objects.get()
    assert Line.objects.get().quantity == 3


def test_a_guest_without_a_basket_signs_in_and_none_is_made(client, user):
    sign_in(client)
    assert not Basket.objects.exists()


def test_after_signing_out_the_users_goods_are_not_shown(client, user):
    add(client, ProductFactory(title_en="Millet"), 3)
    sign_in(client)
    client.post("/en/account/logout/")
    assert "Millet" not in client.get(BASKET).content.decode()
    add(client, ProductFactory(title_en="Quinoa"))
    sign_in(client)
    page = client.get(BASKET).content.decode()
    assert "Millet" in page
    assert "Quinoa" in page


def test_two_first_adds_that_crossed_are_found_together(client):
    first, second = type(client)(), type(client)()
    add(first, ProductFactory(title_en="Millet"), 2)
    add(second, ProductFactory(title_en="Quinoa"))
    client.cookies.update(first.cookies)
    client.cookies.update(second.cookies)
    page = client.get(BASKET).content.decode()
    assert "Millet" in page
    assert "Quinoa" in page
    assert Basket.objects.filter(status=Basket.OPEN).count() == 1
