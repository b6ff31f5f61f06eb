import pytest
import stripe

from marketplace.payment import gateway


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch):
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    gateway.make_client.cache_clear()
