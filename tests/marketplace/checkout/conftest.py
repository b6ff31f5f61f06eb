"""The way to the payment page, without its server, and a basket to confirm."""

import pytest
import stripe

from marketplace.accounts.models import User
from marketplace.payment import gateway
from tests.factories import pack_of
from tests.marketplace.checkout.page import ADD


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    gateway.make_client.cache_clear()


@pytest.fixture(autouse=True)
def no_payment_server(monkeypatch):
    """Its own tests pay; here it is enough that the way to it is taken."""
    monkeypatch.setattr(
        gateway,
        "create_intent",
        lambda **asked: gateway.Intent(
            f"pi_{asked['order_number']}",
            "requires_payment_method",
            asked["amount"],
            "cny",
            "",
            {},
            "",
        ),
    )
    monkeypatch.setattr(
        gateway, "confirm_redirect", lambda **asked: f"https://pay.example/{asked['intent_id']}"
    )


@pytest.fixture
def fill(client):
    def put(*wanted):
        for item in wanted:
            product, quantity = item if isinstance(item, tuple) else (item, 1)
            client.post(ADD, {"pack": pack_of(product).pk, "quantity": quantity})

    return put


@pytest.fixture
def user(client):
    """Signed in."""
    user = User.objects.create_user("lilan@example.com")
    client.force_login(user)
    return user
