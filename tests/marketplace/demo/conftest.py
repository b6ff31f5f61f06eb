import pytest
import stripe

from tests.marketplace.demo.stripe_process import Shop, running_stripe


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One payment server for a file of tests; its webhooks reach nobody."""
    with running_stripe(tmp_path_factory.mktemp("stripe")) as server:
        yield server


@pytest.fixture
def api(server):
    """Stripe's own library, pointed at the server."""
    return stripe.StripeClient("sk_test_tests", base_addresses={"api": server.base}).v1


@pytest.fixture
def intent(api):
    return api.payment_intents.create({"amount": 36600, "currency": "cny"})


@pytest.fixture
def confirm(api):
    """Confirms and returns the hosted page's address."""

    def confirmed(intent, method="alipay", back="http://shop.test/return?a=1#top"):
        params = {"payment_method_data": {"type": method}, "return_url": back}
        if method == "wechat_pay":
            params["payment_method_options"] = {"wechat_pay": {"client": "web"}}
        return api.payment_intents.confirm(intent.id, params).next_action.redirect_to_url.url

    return confirmed


@pytest.fixture
def shop():
    shop = Shop()
    yield shop
    shop.close()
