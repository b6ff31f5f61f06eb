"""The API of the demonstration payment server, spoken by Stripe's own library."""

import base64
import json
import threading
from pathlib import Path

import pytest
import stripe

from tests.marketplace.demo.stripe_process import running_stripe

FIELDS = json.loads(Path(__file__).with_name("stripe_fields.json").read_text())
BACK = "http://shop.test/return"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": "Bearer sk_test_x"}


def refusal(call, *args):
    with pytest.raises(stripe.StripeError) as caught:
        call(*args)
    error = caught.value.json_body["error"]
    return caught.value.http_status, error.get("code"), error.get("param")


def pay(server, confirm, intent, method="alipay"):
    return server.choose(confirm(intent, method), "succeed")


def test_objects_carry_the_fields_that_stripe_publishes(api, server, confirm, intent):
    pay(server, confirm, intent)
    paid = api.payment_intents.retrieve(intent.id)
    refund = api.refunds.create({"payment_intent": intent.id, "amount": 100})
    event = api.events.list({"limit": 1}).data[0]
    for thing in (paid, api.charges.retrieve(paid.latest_charge), refund, event):
        assert set(FIELDS[thing.object].split()) <= thing.to_dict().keys()


def test_a_new_intent_waits_for_a_method_and_keeps_what_it_was_told(api):
    asked = {"amount": 400, "currency": "cny", "allowed_payment_method_types": ["alipay"]}
    told = {"description": "阴山集 7", "metadata": {"order": "7"}, "receipt_email": "a@b.cn"}
    made = api.payment_intents.create({**asked, **told})
    again = api.payment_intents.retrieve(made.id)
    assert again.to_dict() == made.to_dict()
    assert (made.status, made.amount, made.amount_received) == ("requires_payment_method", 400, 0)
    assert made.payment_method_types == ["alipay"]
    assert (made.description, made.metadata.to_dict()) == ("阴山集 7", {"order": "7"})
    assert made.client_secret.startswith(f"{made.id}_secret_")


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"amount": 399, "currency": "cny"}, (400, "amount_too_small", "amount")),
        ({"amount": 10**8, "currency": "cny"}, (400, "amount_too_large", "amount")),
        ({"amount": "4.00", "currency": "cny"}, (400, "parameter_invalid_integer", "amount")),
        ({"currency": "cny"}, (400, "parameter_missing", "amount")),
        ({"amount": 400}, (400, "parameter_missing", "currency")),
        ({"amount": 400, "currency": "usd"}, (400, None, "currency")),
        ({"amount": 400, "currency": "cny", "colour": 1}, (400, "parameter_unknown", "colour")),
        ({"amount": 400, "currency": "cny", "metadata": "x"}, (400, None, None)),
        (
            {"amount": 400, "currency": "cny", "allowed_payment_method_types": ["cash"]},
            (400, None, "allowed_payment_method_types"),
        ),
    ],
)
def test_bad_parameters_are_refused_by_name(api, params, expected):
    before = api.payment_intents.list({"limit": 1}).data
    assert refusal(api.payment_intents.create, params) == expected
    assert api.payment_intents.list({"limit": 1}).data == before


def test_both_ways_to_write_a_list_and_both_ways_to_send_the_key(server):
    basic = {"Authorization": "Basic " + base64.b64encode(b"sk_test_x:").decode()}
    for headers, name in (
        (FORM, "allowed_payment_method_types[0]"),
        (FORM | basic, "allowed_payment_method_types[]"),
    ):
        body = f"amount=400&currency=cny&{name}=card&metadata[order]=1"
        status, sent, text = server.request("POST", "/v1/payment_intents", body, **headers)
        made = json.loads(text)
        assert (status, made["payment_method_types"]) == (200, ["card"])
        assert made["metadata"] == {"order": "1"}
        assert sent["Request-Id"].startswith("req_")


@pytest.mark.parametrize("key", ["", "Bearer sk_live_1", "Bearer nonsense", "Basic ???"])
def test_only_a_test_key_opens_the_door(server, key):
    status, _, text = server.request("GET", "/v1/payment_intents", Authorization=key)
    assert status == 401
    assert json.loads(text)["error"]["type"] == "invalid_request_error"


def test_the_asked_version_is_echoed_and_unknown_addresses_are_404(server):
    headers = FORM | {"Stripe-Version": "2026-09-30.endive"}
    status, sent, _ = server.request("GET", "/v1/balance", **headers)
    assert (status, sent["Stripe-Version"]) == (404, "2026-09-30.endive")


def test_metadata_is_merged_and_an_empty_value_removes_its_key(api, intent):
    api.payment_intents.update(intent.id, {"metadata": {"a": "1", "b": "2"}})
    updated = api.payment_intents.update(intent.id, {"metadata": {"a": "", "c": "3"}})
    assert updated.metadata.to_dict() == {"b": "2", "c": "3"}


def test_lists_run_from_new_to_old_in_pages(api):
    made = [api.payment_intents.create({"amount": 400, "currency": "cny"}).id for _ in range(3)]
    first = api.payment_intents.list({"limit": 2, "created": {"gte": 1}})
    rest = api.payment_intents.list({"limit": 1, "starting_after": first.data[-1].id})
    assert [each.id for each in (*first.data, *rest.data)] == made[::-1]
    assert first.has_more
    assert api.payment_intents.list({"created": {"gte": 10**10}}).data == []
    assert refusal(api.payment_intents.list, {"limit": 101})[0] == 400


def test_refunds_are_listed_by_intent_and_events_by_kind(api, server, confirm, intent):
    other = api.payment_intents.create({"amount": 36600, "currency": "cny"})
    refunds = {}
    for each in (intent, other):
        pay(server, confirm, each, "card")
        some = {"payment_intent": each.id, "amount": 100}
        refunds[each.id] = [api.refunds.create(some).id for _ in range(2)]
    for each, made in refunds.items():
        first = api.refunds.list({"payment_intent": each, "limit": 1, "created": {"gte": 1}})
        rest = api.refunds.list({"payment_intent": each, "starting_after": first.data[-1].id})
        assert [found.id for found in (*first.data, *rest.data)] == made[::-1]
        assert (first.has_more, rest.has_more) == (True, False)
    kinds = ["refund.created", "payment_intent.succeeded"]
    listed = api.events.list({"types": kinds, "limit": 6}).data
    assert [event.type for event in listed] == [kinds[0], kinds[0], kinds[1]] * 2
    assert api.events.list({"types": ["refund.unheard"]}).data == []
    assert refusal(api.events.list, {"payment_intent": intent.id})[1] == "parameter_unknown"


def test_the_same_key_and_request_get_the_same_answer(server):
    headers, body = FORM | {"Idempotency-Key": "same"}, "amount=500&currency=cny"
    first = server.request("POST", "/v1/payment_intents", body, **headers)
    second = server.request("POST", "/v1/payment_intents", body, **headers)
    assert json.loads(first[2]) == json.loads(second[2])
    assert (first[1]["Idempotent-Replayed"], second[1]["Idempotent-Replayed"]) == (None, "true")


def test_the_same_key_for_another_request_is_refused(api):
    options = {"idempotency_key": "other body"}
    api.payment_intents.create({"amount": 500, "currency": "cny"}, options)
    with pytest.raises(stripe.IdempotencyError) as caught:
        api.payment_intents.create({"amount": 501, "currency": "cny"}, options)
    assert caught.value.http_status == 400


def test_the_same_key_in_flight_is_a_conflict_and_later_the_first_answer(server):
    headers, body = FORM | {"Idempotency-Key": "slow"}, "amount=500&currency=cny"
    answers = []

    def ask():
        answers.append(server.request("POST", "/v1/payment_intents", body, **headers))

    server.switch(slow=1)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.switch(slow=0)
    ask()
    assert sorted(status for status, *_ in answers) == [200, 200, 409, 409, 409]
    made = {json.loads(text)["id"] for status, _, text in answers if status == 200}
    assert len(made) == 1
    busy = next(json.loads(text)["error"] for status, _, text in answers if status == 409)
    assert busy["code"] == "idempotency_key_in_use"


def test_a_key_keeps_a_refusal_of_state_but_not_one_of_form(api, intent):
    options = {"idempotency_key": "form first"}
    assert refusal(api.payment_intents.create, {"amount": 1, "currency": "cny"}, options)[0] == 400
    api.payment_intents.create({"amount": 500, "currency": "cny"}, options)
    api.payment_intents.cancel(intent.id)
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            api.payment_intents.cancel(intent.id, {}, {"idempotency_key": "cancel twice"})
    assert caught.value.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("method", ["card", "alipay", "wechat_pay"])
def test_confirming_sends_the_person_to_the_hosted_page(api, server, confirm, intent, method):
    url = confirm(intent, method)
    waiting = api.payment_intents.retrieve(intent.id)
    assert url.startswith(f"{server.base}/pay/{intent.id}?key=")
    assert (waiting.status, waiting.next_action.type) == ("requires_action", "redirect_to_url")


@pytest.mark.parametrize(
    ("params", "param"),
    [
        ({"payment_method_data": {"type": "alipay"}}, "return_url"),
        ({"payment_method_data": {"type": "alipay"}, "return_url": "javascript:x"}, "return_url"),
        ({"payment_method_data": {"type": "cash"}, "return_url": BACK}, "type"),
        ({"return_url": BACK}, "type"),
        ({"payment_method_data": {"type": "wechat_pay"}, "return_url": BACK}, "client"),
    ],
)
def test_an_incomplete_confirmation_is_refused(api, intent, params, param):
    assert refusal(api.payment_intents.confirm, intent.id, params)[::2] == (400, param)
    assert api.payment_intents.retrieve(intent.id).status == "requires_payment_method"


def test_cancelling_ends_an_open_intent_and_no_other(api, server, confirm, intent):
    gone = api.payment_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})
    assert (gone.status, gone.cancellation_reason) == ("canceled", "abandoned")
    paid = api.payment_intents.create({"amount": 500, "currency": "cny"})
    pay(server, confirm, paid)
    for closed in (gone, paid):
        code = refusal(api.payment_intents.cancel, closed.id)[1]
        assert code == "payment_intent_unexpected_state"
    assert api.payment_intents.retrieve(paid.id).status == "succeeded"


def test_refunds_take_what_is_left_and_no_more(api, server, confirm, intent):
    assert refusal(api.refunds.create, {"payment_intent": intent.id})[0] == 404
    pay(server, confirm, intent, "card")
    some = {"payment_intent": intent.id, "amount": 600, "metadata": {"refund": "1"}}
    part = api.refunds.create({**some, "reason": "requested_by_customer"})
    assert (part.status, part.metadata["refund"]) == ("succeeded", "1")
    too_much = {"payment_intent": intent.id, "amount": 36001}
    assert refusal(api.refunds.create, too_much) == (400, "amount_too_large", "amount")
    rest = api.refunds.create({"payment_intent": intent.id})
    assert (rest.amount, api.refunds.retrieve(rest.id).amount) == (36000, 36000)
    charge = api.charges.retrieve(part.charge)
    assert (charge.amount_refunded, charge.refunded) == (36600, True)
    assert refusal(api.refunds.create, some)[1] == "charge_already_refunded"


def test_what_was_promised_survives_a_crash(tmp_path):
    with running_stripe(tmp_path) as server:
        api = stripe.StripeClient("sk_test_x", base_addresses={"api": server.base}).v1
        params, options = {"amount": 500, "currency": "cny"}, {"idempotency_key": "kept"}
        made = api.payment_intents.create(params, options)
    with running_stripe(tmp_path) as server:
        api = stripe.StripeClient("sk_test_x", base_addresses={"api": server.base}).v1
        assert api.payment_intents.create(params, options).id == made.id
        assert api.payment_intents.retrieve(made.id).to_dict() == made.to_dict()


def test_switches_come_as_json_only_and_unknown_ones_are_ignored(server):
    before = json.loads(server.look("/_faults"))
    server.request("POST", "/_faults", "down=1", **FORM)
    assert server.switch(nonsense=1) == before
