"""Whole pages can be kept by a cache: they carry nothing personal and set no cookie."""

import pytest

from marketplace.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["list", "category", "product", "search", "suggest", "makers", "maker"])
def address(request, goods) -> str:
    product = goods["cheap"]
    return {
        "list": "/shop/?storage=ambient",
        "category": product.specialty.get_absolute_url(),
        "product": product.get_absolute_url(),
        "search": "/shop/search/?q=zzzz",
        "suggest": "/shop/suggest/?q=yan",
        "makers": "/cooperatives/",
        "maker": product.cooperative.get_absolute_url(),
    }[request.param]


def test_a_public_page_is_the_same_for_everyone(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Vary"] == "HX-Request"
    parts = set(response.headers["Cache-Control"].split(", "))
    assert parts == {"public", "max-age=0", "s-maxage=60"}


def test_no_cache_in_front_keeps_the_page_of_someone_signed_in(client, address):
    client.force_login(User.objects.create_user("wang@example.com", "secret", first_name="王芳"))
    response = client.get(address)
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "max-age=0"}
    assert "王芳" not in response.content.decode()
    assert "Cookie" not in response.headers["Vary"]


def test_english_pages_lead_to_chinese_and_back(client, address):
    response = client.get(f"/en{address}")
    assert response.status_code == 200
    if response.context.get("other_language"):
        assert response.context["other_language"]["url"] == address
