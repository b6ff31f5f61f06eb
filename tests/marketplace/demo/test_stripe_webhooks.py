"""The webhooks of the demonstration payment server, and the faults that can be switched on."""

import pytest
import stripe

from tests.marketplace.demo.stripe_process import SECRET, running_stripe

PAID = ["charge.succeeded", "payment_intent.succeeded"]


@pytest.fixture
def server(tmp_path, shop):
    with running_stripe(tmp_path, shop.url) as server:
        yield server


@pytest.fixture
def pay(server, confirm, intent):
    def paid(method="card"):
        server.choose(confirm(intent, method), "succeed")

    return paid


def test_events_are_signed_for_stripes_own_library(api, shop, pay, intent):
    pay()
    body, signature = shop.received.get(timeout=10)
    assert stripe.Webhook.construct_event(body, signature, SECRET).type == PAID[0]
    body, signature = shop.received.get(timeout=10)
    event = stripe.Webhook.construct_event(body, signature, SECRET)
    assert (event.type, event.data.object.id) == (PAID[1], intent.id)
    assert api.events.retrieve(event.id).data.object.status == "succeeded"
    for forged in (body.replace(b"36600", b"00001"), body + b" "):
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(forged, signature, SECRET)


def test_every_change_is_told_in_order(api, server, shop, confirm, intent):
    server.choose(confirm(intent), "decline")
    server.choose(confirm(intent, "card"), "succeed")
    api.refunds.create({"payment_intent": intent.id, "amount": 100})
    api.payment_intents.cancel(api.payment_intents.create({"amount": 500, "currency": "cny"}).id)
    expected = ["payment_intent.payment_failed", *PAID, "refund.created", "charge.refunded"]
    assert shop.next_types(6) == [*expected, "payment_intent.canceled"]
    listed = [event.type for event in api.events.list().data]
    assert listed[::-1] == [*expected, "payment_intent.canceled"]


def test_an_event_is_sent_again_until_the_shop_takes_it(shop, pay):
    shop.answers += [500, 302]
    pay()
    events = [shop.next_event() for _ in range(4)]
    assert sorted(event["type"] for event in events) == sorted(PAID * 2)
    assert len({event["id"] for event in events}) == 2


def test_repeat_sends_the_same_event_several_times(server, shop, pay):
    server.switch(repeat=2)
    pay()
    ids = [shop.next_event()["id"] for _ in range(6)]
    assert [ids.count(ids[0]), ids.count(ids[3])] == [3, 3]


def test_lost_events_never_arrive_but_can_be_listed(api, server, shop, pay, intent):
    server.switch(lose=True)
    pay()
    while server.switch()["waiting"]:
        continue
    server.switch(lose=False)
    api.refunds.create({"payment_intent": intent.id, "amount": 100})
    assert shop.next_types(2) == ["refund.created", "charge.refunded"]
    assert [event.type for event in api.events.list().data][2:] == PAID[::-1]


def test_delayed_events_wait_until_the_delay_ends(server, shop, pay):
    server.switch(delay=600)
    pay()
    assert server.switch()["waiting"] == 2
    server.switch(delay=0)
    assert shop.next_types(2) == PAID


def test_disorder_sends_the_newest_first(server, shop, pay):
    server.switch(delay=600, disorder=True)
    pay()
    server.switch(delay=0)
    assert shop.next_types(2) == PAID[::-1]


def test_down_answers_nobody_and_sends_nothing_until_it_is_up(api, server, shop, pay, intent):
    server.switch(delay=600)
    pay()
    server.switch(down=True, delay=0)
    with pytest.raises(stripe.APIConnectionError):
        api.payment_intents.retrieve(intent.id)
    assert server.switch(down=False)["waiting"] == 2
    assert api.payment_intents.retrieve(intent.id).status == "succeeded"
    assert shop.next_types(2) == PAID


def test_events_outlive_a_crash_of_the_server(tmp_path, shop, server, pay):
    server.switch(delay=600)
    pay()
    server.end()
    with running_stripe(tmp_path, shop.url):
        assert shop.next_types(2) == PAID


@pytest.mark.parametrize(
    ("end", "told", "reason"),
    [
        ("succeeded", ["refund.updated"], None),
        ("failed", ["refund.failed", "refund.updated"], "declined"),
    ],
)
def test_a_wallets_refund_is_pending_until_the_bank_answers(
    api, server, shop, pay, intent, end, told, reason
):
    server.switch(refund="pending")
    pay("alipay")
    refund = api.refunds.create({"payment_intent": intent.id, "amount": 600})
    assert refund.status == "pending"
    assert api.charges.retrieve(refund.charge).amount_refunded == 600
    server.switch(refund=end)
    assert shop.next_types(4) == [*PAID, "refund.created", "charge.refunded"]
    ended = [shop.next_event() for _ in told]
    assert [event["type"] for event in ended] == told
    now = api.refunds.retrieve(refund.id).to_dict()
    for thing in (now, *(event["data"]["object"] for event in ended)):
        assert (thing["status"], thing.get("failure_reason")) == (end, reason)
    left = 600 if end == "succeeded" else 0
    assert api.charges.retrieve(refund.charge).amount_refunded == left
