"""When Stripe says no, says nothing or cannot be reached."""

import pytest
import stripe

from marketplace.payment import gateway
from marketplace.payment.gateway import GatewayDown, GatewayRefused, connection
from tests.marketplace.payment.gateway.steps import create


def test_an_unknown_intent_is_refused_and_with_a_wrong_key_nothing_is_known(
    stripe_server, settings
):
    with pytest.raises(GatewayRefused) as caught:
        gateway.fetch_intent("pi_unknown")
    assert caught.value.code == "resource_missing"
    settings.STRIPE_SECRET_KEY = "sk_live_not_here"
    with pytest.raises(GatewayDown):
        create("wrong key")


def test_a_server_that_is_down_is_asked_three_times_with_one_key(stripe_server, monkeypatch):
    keys, request = [], stripe.RequestsClient.request

    def counted(self, method, url, headers, *rest):
        keys.append(headers["Idempotency-Key"])
        return request(self, method, url, headers, *rest)

    monkeypatch.setattr(stripe.RequestsClient, "request", counted)
    stripe_server.switch(down=True)
    with pytest.raises(GatewayDown):
        create("down")
    stripe_server.switch(down=False)
    assert keys == ["down"] * 3
    assert create("down").status == "requires_payment_method"


def test_nobody_there_at_all_is_down(settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(GatewayDown):
        create()


def test_an_answer_that_comes_too_late_is_down_and_the_key_finds_the_intent(
    stripe_server, monkeypatch
):
    monkeypatch.setattr(connection, "TIMEOUT", 0.2)
    stripe_server.switch(slow=1)
    with pytest.raises(GatewayDown):
        create("late")
    stripe_server.switch(slow=0)
    monkeypatch.undo()
    gateway.make_client.cache_clear()
    while True:
        try:
            intent = create("late")
            break
        except GatewayDown:
            continue
    listed = gateway.connection.client().v1.payment_intents.list({"limit": 1}).data
    assert [each.id for each in listed] == [intent.id]


def test_a_proxy_of_the_machine_is_not_asked_for_our_own_server(stripe_server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert create("no proxy").status == "requires_payment_method"


def test_without_a_base_of_our_own_stripe_itself_is_meant(settings):
    settings.STRIPE_API_BASE = ""
    settings.STRIPE_ACCOUNT = "acct_7"
    requestor = gateway.connection.client()._requestor
    assert requestor.base_addresses["api"] == "https://api.stripe.com"
    assert requestor.stripe_account == "acct_7"
    assert not stripe.enable_telemetry
