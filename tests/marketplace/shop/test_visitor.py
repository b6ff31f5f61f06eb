import pytest
from django.contrib.sessions.models import Session

from marketplace.accounts.models import User
from marketplace.basket.models import Basket
from tests.factories import ProductFactory, pack_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("wang@example.com", "secret", first_name="芳", last_name="王")


def test_a_stranger_costs_no_query_and_leaves_no_trace(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/shop/visitor/")
    assert (response.context["name"], response.context["basket_count"]) == ("", 0)
    assert not response.cookies
    assert (Basket.objects.count(), Session.objects.count()) == (0, 0)


def test_the_fragment_is_never_kept(client):
    cache_control = client.get("/shop/visitor/").headers["Cache-Control"]
    assert set(cache_control.split(", ")) == {"private", "no-store"}


def test_someone_who_signed_in_is_named_and_gets_no_basket(client, user):
    client.force_login(user)
    assert client.get("/shop/visitor/").context["name"] == "王芳"
    assert Basket.objects.count() == 0


def test_a_guests_packs_are_counted_in_one_query(client, django_assert_num_queries):
    product = ProductFactory()
    client.post(
        "/shop/basket/add/",
        {"pack": pack_of(product).pk, "quantity": 3},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    with django_assert_num_queries(1):
        response = client.get("/shop/visitor/")
    assert response.context["basket_count"] == 3


def test_large_print_is_kept_in_a_cookie_and_written_by_the_server(client):
    response = client.get("/shop/large-print/", {"next": "/shop/?storage=frozen"})
    assert (response.status_code, response.headers["Location"]) == (302, "/shop/?storage=frozen")
    cookie = response.cookies["large_print"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("1", True, "Lax")
    page = client.get("/shop/")
    assert '<html lang="zh-Hans" class="large">' in page.content.decode()
    assert "private" in page.headers["Cache-Control"]


def test_large_print_is_switched_off_again(client):
    client.get("/shop/large-print/")
    response = client.post("/shop/large-print/")
    assert response.cookies["large_print"]["max-age"] == 0
    assert 'class="large"' not in client.get("/shop/").content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http:///evil.example", ""],
)
def test_the_switch_leads_nowhere_else(client, elsewhere):
    response = client.get("/shop/large-print/", {"next": elsewhere})
    assert response.headers["Location"] == "/"


def test_without_an_address_the_switch_leads_back(client):
    response = client.get("/shop/large-print/", headers={"referer": "http://testserver/shop/?q=1"})
    assert response.headers["Location"] == "http://testserver/shop/?q=1"
