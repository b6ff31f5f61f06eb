import pytest
import stripe

from marketplace.payment import gateway
from marketplace.payment.services import Outcome, settle
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.demo.stripe_process import SECRET, running_stripe
from tests.marketplace.payment.paying import went_to_pay
from tests.marketplace.payment.stripe_in_memory import StripeInMemory


@pytest.fixture(scope="module")
def stripe_process(tmp_path_factory):
    """The demonstration payment server, as a process of its own; its webhooks reach nobody."""
    with running_stripe(tmp_path_factory.mktemp("stripe")) as server:
        yield server


@pytest.fixture
def stripe_server(stripe_process, settings):
    """The gateway talks to it."""
    settings.STRIPE_SECRET_KEY = "sk_test_tests"
    settings.STRIPE_API_BASE = stripe_process.base
    settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
    settings.STRIPE_ACCOUNT = ""
    stripe_process.switch(down=False, slow=0, delay=0, refund="succeeded")
    return stripe_process


@pytest.fixture
def stripe_in_memory(time_machine, monkeypatch):
    """The gateway talks to a Stripe in this process, and the clock stands at NOW."""
    time_machine.move_to(NOW, tick=False)
    stripe = StripeInMemory()
    stripe.put_in_place(monkeypatch)
    return stripe


@pytest.fixture
def paid(stripe_in_memory):
    """Make a payment of these goods that is paid there and settled here."""

    def paid(*wanted, place=order_for):
        payment = went_to_pay(place(*wanted))
        stripe_in_memory.pay(payment.intent_id)
        assert settle(payment_id=payment.pk, now=NOW) == Outcome.PAID
        payment.refresh_from_db()
        return payment

    return paid


@pytest.fixture
def real_keys(stripe_server, settings):
    """As with real keys, except that Stripe's API is the demonstration's server."""
    settings.DEMO_PAYMENT_SERVER = False
    settings.STRIPE_PUBLISHABLE_KEY = "pk_test_tests"
    return stripe_server


@pytest.fixture
def quick_retries(monkeypatch):
    """The gateway's library does not wait between its tries."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    gateway.make_client.cache_clear()
