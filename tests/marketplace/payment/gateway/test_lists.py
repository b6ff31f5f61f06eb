"""Reading what Stripe remembers, page by page, against the demonstration payment server.

The server of this file remembers more than a page of everything: of yesterday, and a little of
today.
"""

import sqlite3
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from urllib.parse import parse_qs, urlsplit

import pytest
import stripe

from marketplace.payment import gateway
from marketplace.payment.gateway import GatewayDown, GatewayRefused
from tests.marketplace.demo.stripe_process import running_stripe
from tests.marketplace.payment.gateway.steps import create, pay, refund

MANY = 101
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
A_DAY_PASSES = """UPDATE objects SET created = created - 86400,
body = json_set(body, '$.created', created - 86400)"""
FIRST_DAY = {}  # what was made then, oldest first


@pytest.fixture(scope="module")
def stripe_process(tmp_path_factory):
    state = tmp_path_factory.mktemp("stripe")
    with running_stripe(state) as server:
        server.switch(lose=True)
        fill(stripe.StripeClient("sk_test_tests", base_addresses={"api": server.base}).v1, server)
        with sqlite3.connect(state / "stripe.sqlite3") as database:
            database.execute(A_DAY_PASSES)
        database.close()
        yield server


def fill(api, server):
    made = [api.payment_intents.create({"amount": 500, "currency": "cny"}) for _ in range(MANY)]
    params = {"payment_method_data": {"type": "card"}, "return_url": "http://shop.test/"}
    page = api.payment_intents.confirm(made[-1].id, params).next_action.redirect_to_url.url
    server.choose(page, "succeed")
    some = {"payment_intent": made[-1].id, "amount": 1}
    FIRST_DAY["intents"] = [each.id for each in made]
    FIRST_DAY["refunds"] = [api.refunds.create(some).id for _ in range(MANY)]


@pytest.fixture
def today():
    """A moment of this day, before anything that a test makes."""
    return datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def asked(stripe_server, monkeypatch):
    """The queries that were sent."""
    queries, request = [], stripe.RequestsClient.request

    def noted(self, method, url, *rest):
        queries.append(parse_qs(urlsplit(url).query))
        return request(self, method, url, *rest)

    monkeypatch.setattr(stripe.RequestsClient, "request", noted)
    return queries


def ids(things):
    return [thing.id for thing in things]


def test_more_intents_than_a_page_are_listed_newest_first(stripe_server, today):
    made = create("listed")
    listed = list(gateway.list_intents(since=LONG_AGO))
    assert ids(listed)[-MANY:] == FIRST_DAY["intents"][::-1]
    assert made in listed[:-MANY]
    first = listed[-1]
    assert (first.amount, first.created < today) == (Decimal("5.00"), True)


def test_more_refunds_than_a_page_are_listed_newest_first(stripe_server):
    made = refund(pay(stripe_server, "listed, paid"), "66.00", "listed back")
    listed = list(gateway.list_refunds(since=LONG_AGO))
    assert ids(listed)[-MANY:] == FIRST_DAY["refunds"][::-1]
    assert made in listed[:-MANY]


def test_pages_are_of_a_hundred_and_each_begins_where_the_last_one_ended(asked):
    paid = FIRST_DAY["intents"][-1]
    listed = ids(gateway.list_refunds(since=LONG_AGO, intent_id=paid))
    wanted = {"limit": ["100"], "payment_intent": [paid], "created[gte]": ["1577836800"]}
    assert listed == FIRST_DAY["refunds"][::-1]
    assert asked == [wanted, {**wanted, "starting_after": [listed[99]]}]


def test_a_page_is_not_asked_for_before_it_is_reached(asked):
    listed = gateway.list_events(since=LONG_AGO)
    assert asked == []
    assert len(list(islice(listed, 100))) == 100
    assert len(asked) == 1


def test_lists_stop_at_the_moment_that_is_given(stripe_server, today):
    intent = pay(stripe_server, "today")
    made = refund(intent, "66.00", "today back")
    listed = list(gateway.list_refunds(since=today))
    assert made in listed
    assert not {each.id for each in listed} & set(FIRST_DAY["refunds"])
    assert not set(ids(gateway.list_intents(since=today))) & set(FIRST_DAY["intents"])
    assert {event.created > today for event in gateway.list_events(since=today)} == {True}


def test_the_second_itself_belongs_to_the_list_and_the_next_does_not(stripe_server):
    intent = create("to the second")
    assert intent.id in ids(gateway.list_intents(since=intent.created))
    later = intent.created + timedelta(seconds=1)
    assert intent.id not in ids(gateway.list_intents(since=later))


def test_refunds_of_one_intent_leave_the_others_out(stripe_server, today):
    one, other = pay(stripe_server, "one"), pay(stripe_server, "other")
    made = [refund(one, "1.00", "one, 1"), refund(one, "2.00", "one, 2", reference="R2")]
    refund(other, "3.00", "other, 1")
    assert list(gateway.list_refunds(since=today, intent_id=one.id)) == made[::-1]


def test_events_are_listed_by_kind_with_what_they_are_about(stripe_server, today):
    intent = pay(stripe_server, "told")
    made = refund(intent, "366.00", "told back")
    kinds = ["payment_intent.succeeded", "refund.created"]
    told, paid = islice(gateway.list_events(since=today, kinds=kinds), 2)
    assert (told.type, told.intent, told.refund) == ("refund.created", None, made)
    assert (paid.type, paid.intent, paid.refund) == ("payment_intent.succeeded", intent, None)
    listed = gateway.list_events(since=LONG_AGO, kinds=["refund.created"])
    assert ids(event.refund for event in listed)[-MANY:] == FIRST_DAY["refunds"][::-1]


def test_without_kinds_every_event_is_listed_as_a_webhook_would_bring_it(stripe_server, today):
    refund(pay(stripe_server, "all kinds"), "366.00", "all kinds back")
    last = list(islice(gateway.list_events(since=today), 4))
    kinds = ["charge.refunded", "refund.created", "payment_intent.succeeded", "charge.succeeded"]
    assert [event.type for event in last] == kinds
    raw = gateway.connection.client().v1.events.retrieve(last[0].id).to_dict()
    assert last[0].payload == raw
    assert (last[0].account, last[0].intent, last[0].refund) == ("", None, None)


def test_a_kind_that_never_happened_has_an_empty_list(stripe_server):
    assert list(gateway.list_events(since=LONG_AGO, kinds=["dispute.created"])) == []


def test_a_failure_on_a_later_page_comes_in_our_words(stripe_server):
    listed = gateway.list_refunds(since=LONG_AGO, intent_id=FIRST_DAY["intents"][-1])
    assert len(list(islice(listed, 100))) == 100
    stripe_server.switch(down=True)
    with pytest.raises(GatewayDown):
        next(listed)


def test_a_refusal_on_a_later_page_comes_in_our_words(stripe_server, monkeypatch):
    listed = gateway.list_refunds(since=LONG_AGO, intent_id=FIRST_DAY["intents"][-1])
    assert len(list(islice(listed, 100))) == 100
    monkeypatch.setattr(stripe.ListObject, "_get_url_for_list", lambda _: "/v1/nowhere")
    with pytest.raises(GatewayRefused):
        next(listed)


def test_a_list_refuses_and_fails_as_every_call_does(stripe_server, settings, today, monkeypatch):
    monkeypatch.setattr(gateway.lists, "PAGE", 1000)
    for calls in (gateway.list_intents, gateway.list_refunds, gateway.list_events):
        with pytest.raises(GatewayRefused):
            next(calls(since=today))
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    for calls in (gateway.list_intents, gateway.list_refunds, gateway.list_events):
        with pytest.raises(GatewayDown):
            next(calls(since=today))
