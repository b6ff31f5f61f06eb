"""The return page: what became of the payment, asked for with growing pauses and an end."""

from dataclasses import replace

import pytest

from marketplace.payment import gateway
from marketplace.payment.models import Payment
from marketplace.payment.returning import PAUSES, count_of
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.payment.addresses import address, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_retries")]
HTMX = {"HX-Request": "true"}
WAITING = "Waiting for word of your payment"


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def order(stripe_server):
    return order_for()


@pytest.fixture
def bank(client, order):
    """The demonstration's payment page, where nothing has been chosen yet."""
    return client.post(address("payment:pay", order), {"method": "wechat_pay"})["Location"]


@pytest.fixture
def fetched(monkeypatch):
    """Each call for an intent; a status put under "status" is what it tells."""
    calls, told, fetch = [], {}, gateway.fetch_intent

    def counting(intent_id):
        calls.append(intent_id)
        return replace(fetch(intent_id), **told)

    monkeypatch.setattr(gateway, "fetch_intent", counting)
    counting.calls, counting.told = calls, told
    return counting


def ask(client, order, asked="", **headers):
    query = {"asked": asked} if asked else {}
    return client.get(address("payment:return", order), query, headers=headers)


def wait_out(client, order, time_machine):
    """Follow the page's own asks until it asks no more: how often, and its last answer."""
    response, asks = ask(client, order), 0
    while response.status_code == 200 and f"?asked={asks + 1}".encode() in response.content:
        time_machine.shift(PAUSES[asks])
        asks += 1
        response = ask(client, order, str(asks))
    return asks, response


def test_who_has_not_paid_waits_two_asks_and_is_back_at_the_order(
    client, order, bank, time_machine
):
    asks, response = wait_out(client, order, time_machine)
    assert asks == 2
    assert response["Location"] == page_of(order) + "?payment=waiting"


def test_word_that_comes_a_moment_late_still_opens_the_paid_order(
    client, order, bank, stripe_server, time_machine
):
    assert WAITING in ask(client, order).content.decode()
    stripe_server.choose(bank, "succeed")
    time_machine.shift(2)
    assert ask(client, order, "1")["Location"] == page_of(order)


def test_money_on_its_way_is_waited_for_with_growing_pauses_and_an_end(
    client, order, bank, fetched, time_machine
):
    fetched.told["status"] = "processing"
    asks, response = wait_out(client, order, time_machine)
    text = response.content.decode()
    assert asks == len(PAUSES) == 8
    assert list(PAUSES) == sorted(PAUSES)
    assert len(fetched.calls) == 9
    assert "You can close this page: as soon as" in text
    assert "we write to you by mail" in text
    assert "Look again now" in text
    assert page_of(order) in text
    assert "?asked=9" not in text
    assert "load delay" not in text
    assert "http-equiv" not in text


def test_while_the_money_is_on_its_way_the_page_says_so_and_asks_by_itself(
    client, order, bank, fetched
):
    fetched.told["status"] = "processing"
    text = ask(client, order).content.decode()
    back = address("payment:return", order)
    assert "Your payment is on its way. You need do nothing" in text
    assert f'hx-get="{back}?asked=1"' in text
    assert 'hx-trigger="load delay:2s' in text


def test_without_script_the_page_asks_by_itself_too(client, order, bank):
    text = ask(client, order).content.decode()
    back = address("payment:return", order)
    assert (
        f'<noscript><meta http-equiv="refresh" content="2;url={back}?asked=1"></noscript>' in text
    )
    assert f'href="{back}">Look again now' in text


def test_the_page_swaps_in_the_next_words_alone_and_leaves_when_it_is_paid(
    client, order, bank, stripe_server, time_machine
):
    text = ask(client, order, "1", **HTMX).content.decode()
    assert "<html" not in text
    assert "?asked=2" in text
    stripe_server.choose(bank, "succeed")
    time_machine.shift(3)
    assert ask(client, order, "2", **HTMX)["HX-Redirect"] == page_of(order)


def test_however_many_pages_stand_open_the_gateway_is_asked_once(
    client, order, bank, fetched, time_machine
):
    fetched.told["status"] = "processing"
    for _ in range(8):
        assert WAITING in ask(client, order).content.decode()
    assert len(fetched.calls) == 1
    time_machine.shift(2)
    ask(client, order, "1")
    assert len(fetched.calls) == 2


def test_a_page_that_is_spared_the_ask_still_sees_what_is_known_here(
    client, order, bank, stripe_server, fetched
):
    ask(client, order)
    Payment.objects.update(state=Payment.State.CANCELLED)
    assert ask(client, order)["Location"] == page_of(order) + "?payment=closed"
    Payment.objects.update(state=Payment.State.SUCCEEDED, settled_at=NOW)
    assert ask(client, order)["Location"] == page_of(order)
    assert len(fetched.calls) == 1


def test_asks_for_different_orders_do_not_spare_each_other(client, order, bank, fetched):
    other = order_for()
    client.post(address("payment:pay", other), {"method": "alipay"})
    ask(client, order)
    ask(client, other)
    assert len(set(fetched.calls)) == 2


def test_while_the_service_is_down_it_says_so_tries_again_and_ends_at_the_order(
    client, order, bank, stripe_server, time_machine
):
    stripe_server.switch(down=True)
    text = ask(client, order).content.decode()
    assert "The payment service cannot be reached just now. Your order is kept" in text
    assert "?asked=1" in text
    time_machine.shift(2)
    asks, response = wait_out(client, order, time_machine)
    assert asks == 4
    assert response["Location"] == page_of(order) + "?payment=unreachable"
    stripe_server.switch(down=False)
    assert "Pay again" in client.get(response["Location"]).content.decode()


def test_a_service_that_comes_back_while_we_wait_is_believed(
    client, order, bank, stripe_server, time_machine
):
    stripe_server.choose(bank, "succeed")
    stripe_server.switch(down=True)
    ask(client, order)
    stripe_server.switch(down=False)
    time_machine.shift(2)
    assert ask(client, order, "1")["Location"] == page_of(order)


def test_a_refusal_to_tell_is_not_asked_about_again(client, order, bank):
    Payment.objects.update(intent_id="pi_unknown")
    assert ask(client, order)["Location"] == page_of(order) + "?payment=unreachable"


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"status": "requires_payment_method", "error": "card_declined"}, "declined"),
        ({"status": "succeeded", "amount": 1}, "mismatch"),
    ],
)
def test_what_is_final_is_said_on_the_orders_page_at_once(
    client, order, bank, fetched, change, outcome
):
    fetched.told.update(change)
    assert ask(client, order)["Location"] == page_of(order) + f"?payment={outcome}"


def test_money_that_came_too_late_is_said_at_once(client, order, bank, stripe_server):
    Payment.objects.update(state=Payment.State.CANCELLED)
    stripe_server.choose(bank, "succeed")
    assert ask(client, order)["Location"] == page_of(order) + "?payment=late"


@pytest.mark.parametrize(
    ("sent", "count"),
    [("", 0), ("3", 3), ("8", 8), ("9", 8), ("-1", 0), ("99", 0), ("１", 0), ("x", 0), ("1.5", 0)],
)
def test_only_a_small_number_counts_as_asks(sent, count):
    assert count_of(sent) == count


def test_a_link_that_we_have_not_signed_finds_nothing(client, order):
    assert client.get(f"/en/shop/orders/{order.number}/return/").status_code == 404


def test_the_waiting_page_speaks_chinese(client, order, bank):
    response = client.get(address("payment:return", order, "zh-hans"))
    assert order.number in response.content.decode()
    assert 'lang="zh-Hans"' in response.content.decode()
