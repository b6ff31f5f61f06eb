"""The hosted page of the demonstration payment server, as a person uses it."""

import re

import pytest

END = "http://shop.test/return?a=1&payment_intent={0.id}&payment_intent_client_secret={0.client_secret}&redirect_status={1}#top"


@pytest.fixture
def status(api, intent):
    return lambda: api.payment_intents.retrieve(intent.id).status


def buttons(page: str) -> list[str]:
    return re.findall(r'<button class="button[^>]*value="(\w+)"', page)


@pytest.mark.parametrize("method", ["card", "alipay", "wechat_pay"])
def test_the_page_says_what_it_is_and_offers_three_ends(server, confirm, intent, method):
    page = server.look(confirm(intent, method))
    assert "演示付款页，不会扣钱" in page
    assert "366.00" in page
    assert re.findall(r'value="(\w+)" checked', page) == [method]
    assert buttons(page) == ["succeed", "ask", "decline"]


def test_the_page_speaks_english_when_asked_or_when_the_shop_did(server, confirm, intent):
    assert "no money is taken" in server.look(confirm(intent) + "&lang=en")
    assert "no money is taken" in server.look(confirm(intent, back="http://shop.test/en/return"))


def test_only_the_methods_of_the_intent_are_offered(api, server, confirm):
    params = {"amount": 500, "currency": "cny", "allowed_payment_method_types": ["alipay"]}
    page = server.look(confirm(api.payment_intents.create(params)))
    assert re.findall(r'name="method" value="(\w+)"', page) == ["alipay"]


def test_words_of_the_shop_are_escaped(api, server, confirm):
    params = {"amount": 500, "currency": "cny", "description": "<script>$shop"}
    page = server.look(confirm(api.payment_intents.create(params)))
    assert "&lt;script&gt;$shop" in page
    assert "<script" not in page


def test_paying_settles_the_intent_and_leads_back(api, server, confirm, intent):
    url = server.choose(confirm(intent), "succeed", method="card")
    paid = api.payment_intents.retrieve(intent.id)
    charge = api.charges.retrieve(paid.latest_charge)
    assert url == END.format(intent, "succeeded")
    assert (paid.status, paid.amount_received, paid.next_action) == ("succeeded", 36600, None)
    assert (charge.amount, charge.payment_intent) == (36600, intent.id)
    assert charge.payment_method_details.type == "card"


def test_a_second_click_pays_nothing_more(api, server, confirm, intent):
    page = confirm(intent)
    assert server.choose(page, "succeed") == server.choose(page, "decline")
    assert api.payment_intents.retrieve(intent.id).status == "succeeded"


def test_declined_then_paid_with_the_same_intent(api, server, confirm, intent):
    url = server.choose(confirm(intent, "card"), "decline")
    declined = api.payment_intents.retrieve(intent.id)
    error = declined.last_payment_error
    assert url == END.format(intent, "failed")
    assert (declined.status, declined.payment_method) == ("requires_payment_method", None)
    assert (error.code, error.decline_code) == ("card_declined", "generic_decline")
    assert error.payment_method.type == "card"
    server.choose(confirm(intent, "card"), "succeed")
    paid = api.payment_intents.retrieve(intent.id)
    assert (paid.status, paid.last_payment_error) == ("succeeded", None)


@pytest.mark.parametrize(
    ("choice", "end", "code"),
    [
        ("confirm", "succeeded", None),
        ("refuse", "failed", "payment_intent_authentication_failure"),
    ],
)
def test_confirmation_is_a_second_page(api, server, confirm, intent, choice, end, code):
    page = confirm(intent, "wechat_pay")
    second = page.partition("?")[0] + server.choose(page, "ask")
    assert api.payment_intents.retrieve(intent.id).status == "requires_action"
    assert buttons(server.look(second)) == ["confirm", "refuse"]
    assert server.choose(second, choice) == END.format(intent, end)
    error = api.payment_intents.retrieve(intent.id).last_payment_error
    assert (error and error.code) == code


def test_a_cancelled_intent_cannot_be_paid_any_more(api, server, confirm, intent, status):
    page = confirm(intent)
    api.payment_intents.cancel(intent.id)
    server.choose(page, "succeed")
    assert status() == "canceled"
    assert "已经取消" in server.look(page)
    assert buttons(server.look(page)) == []


def test_a_paid_or_declined_intent_shows_words_and_the_way_back(server, confirm, intent):
    page = confirm(intent)
    server.choose(page, "decline")
    assert "这一次没有付成" in server.look(page)
    server.choose(confirm(intent), "succeed")
    assert "已经付好了" in server.look(page)
    assert buttons(server.look(page)) == []
    assert 'href="http://shop.test/return?a=1#top"' in server.look(page)


def test_without_its_key_the_page_shows_and_does_nothing(server, confirm, intent, status):
    page = confirm(intent).partition("?")[0]
    odd = page + "?key=guess&lang=xx&step=nothing"
    for address in (server.base + "/", page, page + "?key=guess", odd):
        assert "找不到这笔付款" in server.look(address)
        assert "366.00" not in server.look(address)
        server.choose(address, "succeed")
    assert status() == "requires_action"
