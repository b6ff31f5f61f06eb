"""An order of two parcels that waits, with a payment page or without."""

import pytest
import stripe

from marketplace.payment import gateway
from marketplace.payment.services import start_payment
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.payment.expiry.steps import (
    BACK,
)


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    gateway.make_client.cache_clear()


@pytest.fixture
def product():
    return ProductFactory(packs=[("358.00", 3, 1000)])


@pytest.fixture
def order(product):
    return order_for((product, 3), ProductFactory(storage="frozen"))


@pytest.fixture
def page(order, stripe_server):
    """The buyer has gone to the payment page."""
    return start_payment(order=order, method="alipay", return_url=BACK, now=NOW)


@pytest.fixture
def nobody_is_called(monkeypatch):
    for name in ("create_intent", "cancel_intent", "fetch_intent", "confirm_redirect"):
        monkeypatch.setattr(gateway, name, None)
