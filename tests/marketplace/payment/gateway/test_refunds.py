"""Giving money back, against the demonstration payment server."""

from dataclasses import FrozenInstanceError, replace
from decimal import Decimal

import pytest

from marketplace.payment import gateway
from marketplace.payment.gateway import GatewayDown, GatewayRefused
from tests.marketplace.payment.gateway.steps import create, pay, refund


def refunded(intent):
    """Of the charge, in yuan."""
    charge = gateway.connection.client().v1.charges.retrieve(intent.charge_id)
    return Decimal(charge.amount_refunded) / 100


def answer(stripe_server, made, end):
    """The bank's answer, without the second that it takes; the refund afterwards."""
    stripe_server.switch(refund=end, delay=-1)
    while (now := gateway.fetch_refund(made.id)).status == "pending":
        continue
    stripe_server.switch(refund="succeeded", delay=0)
    return now


def test_a_whole_refund_goes_back_at_once_on_a_card(stripe_server):
    intent = pay(stripe_server, "whole")
    made = refund(intent, "366.00", "whole back", reference="R20261123-1")
    assert (made.intent_id, made.amount, made.currency) == (intent.id, Decimal("366.00"), "cny")
    assert (made.status, made.reason) == ("succeeded", "")
    assert made.metadata == {"order": "20261123-7", "refund": "R20261123-1"}
    assert gateway.fetch_refund(made.id) == made
    assert refunded(intent) == Decimal("366.00")
    with pytest.raises(FrozenInstanceError):
        made.status = "failed"


def test_stripe_is_told_a_reason_and_nothing_personal(stripe_server):
    made = refund(pay(stripe_server, "reason"), "1.00", "reason back")
    raw = gateway.connection.client().v1.refunds.retrieve(made.id)
    assert (raw.amount, raw.reason) == (100, "requested_by_customer")
    assert raw.metadata.to_dict() == made.metadata


def test_parts_are_refunded_until_nothing_is_left(stripe_server):
    intent = pay(stripe_server, "parts")
    parts = [refund(intent, amount, f"part {amount}") for amount in ("66.00", "299.99", "0.01")]
    assert [part.amount for part in parts] == [Decimal("66"), Decimal("299.99"), Decimal("0.01")]
    with pytest.raises(GatewayRefused) as caught:
        refund(intent, "0.01", "one too many")
    assert caught.value.code == "charge_already_refunded"
    assert refunded(intent) == Decimal("366.00")


def test_more_than_is_left_is_refused_and_nothing_goes_back(stripe_server):
    intent = pay(stripe_server, "more")
    refund(intent, "66.00", "more, first")
    with pytest.raises(GatewayRefused) as caught:
        refund(intent, "300.01", "more, second")
    assert caught.value.code == "amount_too_large"
    assert refunded(intent) == Decimal("66.00")


def test_the_same_key_refunds_once_and_another_amount_is_refused(stripe_server):
    intent = pay(stripe_server, "keys")
    first = refund(intent, "66.00", "once only")
    assert refund(intent, "66.00", "once only") == first
    with pytest.raises(GatewayRefused) as caught:
        refund(intent, "67.00", "once only")
    assert caught.value.code == "idempotency_error"
    assert refunded(intent) == Decimal("66.00")


def test_an_unpaid_intent_and_an_unknown_refund_are_refused(stripe_server):
    for call in (
        lambda: refund(create("unpaid"), "66.00", "unpaid back"),
        lambda: gateway.fetch_refund("re_unknown"),
    ):
        with pytest.raises(GatewayRefused) as caught:
            call()
        assert caught.value.code == "resource_missing"


@pytest.mark.parametrize("amount", ["0", "-1.00", "10.005"])
def test_a_refund_that_is_no_money_never_leaves_the_house(monkeypatch, amount):
    monkeypatch.setattr(gateway.refunds, "client", None)
    with pytest.raises(ValueError, match="Not an amount"):
        gateway.create_refund(
            intent_id="pi_1",
            amount=Decimal(amount),
            order_number="7",
            reference="R1",
            idempotency_key="never",
        )


@pytest.mark.parametrize("method", ["alipay", "wechat_pay"])
def test_a_wallets_refund_is_pending_and_then_succeeds(stripe_server, method):
    intent = pay(stripe_server, f"{method} good", method)
    stripe_server.switch(refund="pending")
    made = refund(intent, "66.00", f"{method} good back")
    assert made.status == "pending"
    assert answer(stripe_server, made, "succeeded") == replace(made, status="succeeded")
    assert refunded(intent) == Decimal("66.00")


@pytest.mark.parametrize(
    ("method", "reason"), [("card", "lost_or_stolen_card"), ("wechat_pay", "declined")]
)
def test_a_failed_refund_names_its_reason_and_can_be_asked_for_again(stripe_server, method, reason):
    intent = pay(stripe_server, f"{method} bad", method)
    stripe_server.switch(refund="pending")
    made = refund(intent, "366.00", f"{method} bad back")
    assert refunded(intent) == Decimal("366.00")
    failed = answer(stripe_server, made, "failed")
    assert failed == replace(made, status="failed", reason=reason)
    assert refunded(intent) == 0
    again = refund(intent, "366.00", f"{method} again")
    assert again.id != made.id
    assert refunded(intent) == Decimal("366.00")


def test_while_the_server_is_down_nothing_is_known_and_the_key_makes_one_refund(stripe_server):
    intent = pay(stripe_server, "down")
    stripe_server.switch(down=True)
    for call in (
        lambda: refund(intent, "66.00", "down back"),
        lambda: gateway.fetch_refund("re_any"),
    ):
        with pytest.raises(GatewayDown):
            call()
    stripe_server.switch(down=False)
    assert refund(intent, "66.00", "down back") == refund(intent, "66.00", "down back")
    assert refunded(intent) == Decimal("66.00")
