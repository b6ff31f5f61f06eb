"""Going to the payment page from the order page, and coming back."""

from datetime import timedelta

import pytest

from marketplace.accounts.models import User
from marketplace.order.models import Consignment, ConsignmentStep
from marketplace.partner.models import StockRecord
from marketplace.payment import gateway
from marketplace.payment.models import Payment, Refund
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.payment.addresses import address, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_retries")]


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def order(stripe_server):
    return order_for()


def test_paying_leads_to_the_payment_page_which_the_form_may_leave_for(
    client, order, stripe_server
):
    page = client.get(page_of(order))
    assert stripe_server.base in page["Content-Security-Policy"]
    response = client.post(address("payment:pay", order), {"method": "wechat_pay"})
    assert response.status_code == 302
    assert response["Location"].startswith(f"{stripe_server.base}/pay/")
    assert Payment.objects.get().method == "wechat_pay"


@pytest.mark.parametrize("method", ["", "bitcoin", "支付宝"])
def test_an_unknown_way_to_pay_becomes_alipay(client, order, method):
    client.post(address("payment:pay", order), {"method": method})
    assert Payment.objects.get().method == "alipay"


def test_coming_back_after_paying_shows_the_paid_order(client, order, stripe_server):
    page = client.post(address("payment:pay", order), {"method": "alipay"})["Location"]
    back = stripe_server.choose(page, "succeed")
    assert back.startswith(f"http://testserver{address('payment:return', order)}")
    response = client.get(back, follow=True)
    assert response.redirect_chain == [(page_of(order), 302)]
    assert "1 parcel, paid" in response.content.decode()


def test_coming_back_declined_says_so_and_offers_to_pay(client, order, stripe_server):
    page = client.post(address("payment:pay", order), {"method": "alipay"})["Location"]
    response = client.get(stripe_server.choose(page, "decline"), follow=True)
    text = response.content.decode()
    assert "The payment did not go through and nothing was taken." in text
    assert address("payment:pay", order) in text
    assert f"Pay again ¥{order.total_incl_tax}" in text


def test_the_button_says_the_sum_and_pays_again_only_after_a_try(client, order):
    before = client.get(page_of(order)).content.decode()
    assert f"Pay ¥{order.total_incl_tax}" in before
    assert "Pay again" not in before
    client.post(address("payment:pay", order), {"method": "alipay"})
    assert f"Pay again ¥{order.total_incl_tax}" in client.get(page_of(order)).content.decode()


def test_a_declined_intent_is_the_one_that_is_paid_in_the_end(
    client, order, stripe_server, time_machine
):
    first = client.post(address("payment:pay", order), {"method": "card"})["Location"]
    client.get(stripe_server.choose(first, "decline"))
    intent = Payment.objects.get().intent_id
    second = client.post(address("payment:pay", order), {"method": "alipay"})["Location"]
    time_machine.shift(5)
    client.get(stripe_server.choose(second, "succeed"))
    paid = Payment.objects.get()
    assert (paid.intent_id, paid.state) == (intent, Payment.State.SUCCEEDED)


def test_coming_back_to_an_order_that_never_went_to_pay_shows_it(client, order):
    assert client.get(address("payment:return", order))["Location"] == page_of(order)


def test_while_the_payment_service_is_down_the_order_page_says_so(client, order, stripe_server):
    stripe_server.switch(down=True)
    response = client.post(address("payment:pay", order), {"method": "alipay"}, follow=True)
    text = response.content.decode()
    assert response.status_code == 200
    assert "The payment service cannot be reached just now." in text
    assert address("payment:pay", order) in text


def test_paying_twice_leads_to_the_paid_order(client, order, stripe_server):
    page = client.post(address("payment:pay", order), {"method": "alipay"})["Location"]
    client.get(stripe_server.choose(page, "succeed"))
    response = client.post(address("payment:pay", order), {"method": "card"})
    assert response["Location"] == page_of(order)


def test_paying_needs_our_token(client, order):
    client.handler.enforce_csrf_checks = True
    assert client.post(address("payment:pay", order)).status_code == 403
    assert not Payment.objects.exists()


def test_looking_at_the_address_of_paying_pays_nothing(client, order):
    assert client.get(address("payment:pay", order))["Location"] == page_of(order)
    assert not Payment.objects.exists()


def test_an_overdue_order_refuses_payment_and_shows_that_it_is_expired(
    client, order, time_machine, monkeypatch
):
    time_machine.move_to(NOW + timedelta(minutes=30), tick=False)
    for name in ("create_intent", "confirm_redirect", "fetch_intent"):
        monkeypatch.setattr(gateway, name, None)
    response = client.post(address("payment:pay", order), {"method": "card"}, follow=True)
    assert "1 parcel, expired" in response.content.decode()
    assert not Payment.objects.exists()


def test_cancelling_shows_the_cancelled_order_and_who_did_it(client, order):
    client.post(address("payment:pay", order), {"method": "alipay"})
    buyer = User.objects.create_user("lilan@example.com")
    client.force_login(buyer)
    response = client.post(address("payment:cancel", order), follow=True)
    assert "1 parcel, cancelled" in response.content.decode()
    assert ConsignmentStep.objects.get(state="cancelled").by == buyer


def test_coming_back_to_a_cancelled_order_shows_it(client, order):
    client.post(address("payment:pay", order), {"method": "alipay"})
    client.post(address("payment:cancel", order))
    response = client.get(address("payment:return", order), follow=True)
    assert "1 parcel, cancelled" in response.content.decode()


@pytest.fixture
def paid(client, order, stripe_server):
    """At Stripe, by card although Alipay was chosen first."""
    page = client.post(address("payment:pay", order), {"method": "alipay"})["Location"]
    stripe_server.choose(page, "succeed", method="card")
    return order


def test_cancelling_what_was_paid_in_the_same_moment_asks_again(client, paid):
    asked = {"shown": "awaiting_payment"}
    text = client.post(address("payment:cancel", paid), asked, follow=True).content.decode()
    assert "1 parcel, paid" in text
    assert "You can still cancel it" in text
    assert not Refund.objects.exists()


def test_cancelling_a_paid_order_sends_the_money_back(
    client, paid, django_capture_on_commit_callbacks
):
    text = client.get(address("payment:return", paid), follow=True).content.decode()
    assert "Bank card" in text
    assert 'name="shown" value="paid"' in text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("payment:cancel", paid), {"shown": "paid"})
    text = client.get(page_of(paid)).content.decode()
    assert "1 parcel, cancelled" in text
    assert "Your money goes back the way you paid." in text
    assert f"−¥{paid.total_incl_tax:,.2f}" in text
    assert (Refund.objects.get().state, stock_held()) == ("succeeded", 0)


def test_an_order_of_which_a_parcel_left_is_not_cancelled_and_says_so(client, paid):
    client.get(address("payment:return", paid))
    Consignment.objects.update(state="shipped")
    assert "Cancel this order" not in client.get(page_of(paid)).content.decode()
    asked = {"shown": "paid"}
    text = client.post(address("payment:cancel", paid), asked, follow=True).content.decode()
    assert "on its way already" in text
    assert not Refund.objects.exists()


def stock_held():
    return sum(StockRecord.objects.values_list("num_allocated", flat=True))


def test_cancelling_while_the_payment_service_is_down_says_so(client, order, stripe_server):
    client.post(address("payment:pay", order), {"method": "alipay"})
    stripe_server.switch(down=True)
    text = client.post(address("payment:cancel", order), follow=True).content.decode()
    assert "The payment service cannot be reached just now." in text
    assert "1 parcel, waiting for payment" in text


def test_cancelling_needs_a_post_with_our_token_and_a_signed_link(client, order):
    assert client.get(address("payment:cancel", order))["Location"] == page_of(order)
    assert client.post(f"/en/shop/orders/{order.number}/cancel/").status_code == 404
    client.handler.enforce_csrf_checks = True
    assert client.post(address("payment:cancel", order)).status_code == 403
    assert not ConsignmentStep.objects.filter(state="cancelled").exists()
