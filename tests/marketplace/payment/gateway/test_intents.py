"""Asking for money, against the demonstration payment server."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from marketplace.payment import gateway
from marketplace.payment.gateway import GatewayRefused
from tests.marketplace.payment.gateway.steps import BACK, create, paid, redirect


def test_an_intent_asks_for_yuan_in_fen_and_names_only_the_order(stripe_server):
    intent = create("new")
    raw = gateway.connection.client().v1.payment_intents.retrieve(intent.id)
    assert intent.amount == Decimal("366.00")
    assert (intent.status, intent.currency, intent.error) == ("requires_payment_method", "cny", "")
    assert intent.metadata == {"order": "20261123-7"}
    assert intent.client_secret == raw.client_secret
    assert (intent.created, intent.charge_id) == (datetime.fromtimestamp(raw.created, tz=UTC), "")
    assert (raw.amount, raw.description, raw.receipt_email) == (36600, "阴山集 7", None)
    assert raw.payment_method_types == ["card", "alipay", "wechat_pay"]
    with pytest.raises(FrozenInstanceError):
        intent.amount = Decimal(0)


def test_the_same_key_makes_one_intent_and_another_amount_is_refused(stripe_server):
    first = create("once")
    assert create("once") == first
    with pytest.raises(GatewayRefused) as caught:
        create("once", Decimal("367.00"))
    assert caught.value.code == "idempotency_error"


@pytest.mark.parametrize("amount", ["0", "-1.00", "10.005"])
def test_an_amount_that_is_no_money_never_leaves_the_house(stripe_server, amount):
    with pytest.raises(ValueError, match="Not an amount"):
        create("never", Decimal(amount))


def test_an_amount_below_stripes_minimum_is_refused_by_code(stripe_server):
    with pytest.raises(GatewayRefused) as caught:
        create("small", Decimal("3.99"))
    assert caught.value.code == "amount_too_small"


@pytest.mark.parametrize("method", gateway.METHODS)
def test_every_method_leads_to_the_page_and_back_paid(stripe_server, method):
    intent = create(f"paid by {method}")
    page = redirect(intent, method)
    assert page.startswith(f"{stripe_server.base}/pay/{intent.id}?key=")
    assert gateway.fetch_intent(intent.id).status == "requires_action"
    assert stripe_server.choose(page, "succeed").startswith(f"{BACK}?payment_intent={intent.id}")
    assert gateway.fetch_intent(intent.id) == paid(intent)


def test_a_declined_card_names_its_reason_and_the_same_intent_can_be_paid(stripe_server):
    intent = create("declined")
    stripe_server.choose(redirect(intent, "card"), "decline")
    declined = gateway.fetch_intent(intent.id)
    assert (declined.status, declined.error) == ("requires_payment_method", "generic_decline")
    stripe_server.choose(redirect(intent), "ask")
    stripe_server.choose(redirect(intent, "wechat_pay"), "confirm")
    settled = gateway.fetch_intent(intent.id)
    assert (settled.status, settled.error) == ("succeeded", "")


def test_cancelling_is_repeatable_and_tells_when_money_was_faster(stripe_server):
    open_, faster = create("open"), create("paid")
    stripe_server.choose(redirect(faster), "succeed")
    assert gateway.cancel_intent(open_.id).status == "canceled"
    assert gateway.cancel_intent(open_.id).status == "canceled"
    assert gateway.cancel_intent(faster.id) == paid(faster)


def test_paying_what_is_paid_or_cancelled_leads_straight_back(stripe_server):
    done, gone = create("twice"), create("gone")
    stripe_server.choose(redirect(done), "succeed")
    gateway.cancel_intent(gone.id)
    assert [redirect(done), redirect(gone)] == [BACK, BACK]


def test_alipays_and_wechats_own_redirects_are_understood():
    alipay = {"type": "alipay_handle_redirect", "alipay_handle_redirect": {"url": "https://a"}}
    wechat = {
        "type": "wechat_pay_display_qr_code",
        "wechat_pay_display_qr_code": {"hosted_instructions_url": "https://w"},
    }
    actions = (alipay, wechat, None)
    found = [gateway.intents.redirect_of({"next_action": action}) for action in actions]
    assert found == ["https://a", "https://w", ""]
