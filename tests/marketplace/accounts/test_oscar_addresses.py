import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("login", "/account/login/"),
        ("register", "/account/signup/"),
        ("logout", "/account/logout/"),
        ("summary", "/account/"),
    ],
)
def test_names_that_oscar_reverses_lead_to_our_pages(client, name, target):
    response = client.get(reverse(f"customer:{name}"))
    assert response.status_code == 302
    assert response.headers["Location"] == target


@pytest.mark.parametrize("prefix", ["", "/shop", "/en", "/en/shop"])
@pytest.mark.parametrize(
    "path",
    [
        "/dashboard/catalogue/",
        "/accounts/login/",
        "/accounts/register/",
        "/accounts/profile/",
        "/wishlists/",
        "/accounts/wishlists/",
        "/offers/",
        "/password-reset/",
        "/catalogue/",
    ],
)
def test_pages_of_oscar_are_not_there(client, prefix, path):
    assert client.get(prefix + path).status_code == 404
