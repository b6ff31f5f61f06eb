"""The pay page with real keys: Payment Element, its hosts, and the way without it."""

from datetime import timedelta
from html import unescape

import pytest
import stripe
from django.utils.translation import override

from marketplace.order.links import sign
from marketplace.payment import gateway
from marketplace.payment.models import Payment
from marketplace.payment.pages import STRIPE_JS
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.payment.addresses import address, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_retries", "real_keys")]
HOSTS = {
    "script-src": ["https://js.stripe.com", "https://*.js.stripe.com"],
    "frame-src": [
        "https://js.stripe.com",
        "https://*.js.stripe.com",
        "https://hooks.stripe.com",
    ],
    "connect-src": ["https://api.stripe.com"],
}


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def order(real_keys):
    return order_for((ProductFactory(title_en="Oat flour", packs=[("39.00", 9, 2500)]), 2))


@pytest.fixture
def nobody_is_called(monkeypatch):
    for name in ("create_intent", "confirm_redirect", "fetch_intent", "cancel_intent"):
        monkeypatch.setattr(gateway, name, None)


def show(client, order, method="alipay", language="en"):
    return client.get(address("payment:pay", order, language), {"method": method})


def policy_of(response):
    parts = response["Content-Security-Policy"].split("; ")
    return {name: hosts for name, *hosts in (part.split(" ") for part in parts)}


def test_choosing_how_to_pay_leads_to_our_own_page_without_calling_anybody(
    client, order, nobody_is_called
):
    response = client.post(address("payment:pay", order), {"method": "card"})
    assert response["Location"] == address("payment:pay", order) + "?method=card"
    assert not Payment.objects.exists()


def test_the_page_says_what_is_paid_how_much_and_until_when(client, order):
    text = show(client, order).content.decode()
    assert f"Pay ¥{order.total_incl_tax}" in text
    assert "Oat flour 2500 g" in text
    assert "Held for you until 10:00" in text
    assert "30 minutes left" in text
    assert 'data-hold="1800"' in text
    assert "李岚" not in text


def test_the_page_holds_the_orders_one_intent(client, order):
    secrets = {show(client, order).context["element"]["secret"] for _ in range(3)}
    payment = Payment.objects.get()
    assert secrets == {gateway.fetch_intent(payment.intent_id).client_secret}
    assert payment.amount == order.total_incl_tax


def test_stripe_is_told_key_language_order_of_methods_and_where_to_come_back(client, order):
    response = show(client, order, "wechat_pay")
    text = unescape(response.content.decode())
    for part in (
        'data-key="pk_test_tests"',
        'data-locale="en"',
        'data-methods="wechat_pay alipay card"',
        f'data-back="http://testserver{address("payment:return", order)}"',
        f'data-script="{STRIPE_JS}"',
    ):
        assert part in text
    assert 'data-locale="zh"' in show(client, order, language="zh-hans").content.decode()


def test_stripe_js_is_the_release_of_the_gateways_api_version():
    assert stripe.api_version.split(".")[1] == STRIPE_JS.split("/")[3]


@pytest.mark.parametrize("method", ["", "bitcoin", "支付宝"])
def test_an_unknown_method_in_the_address_becomes_alipay(client, order, method):
    assert show(client, order, method).context["element"]["methods"] == "alipay wechat_pay card"


def test_stripes_hosts_are_let_in_on_this_page(client, order):
    policy = policy_of(show(client, order))
    for directive, hosts in HOSTS.items():
        assert set(hosts) <= set(policy[directive])
    assert not any("unsafe" in word for words in policy.values() for word in words)


def test_no_other_page_lets_stripes_hosts_in(client, order):
    show(client, order)
    others = ["/en/", "/en/shop/", "/en/shop/basket/", page_of(order)]
    for path in [*others, address("payment:return", order)]:
        assert "stripe.com" not in client.get(path)["Content-Security-Policy"], path


def test_no_script_stands_in_the_page_itself(client, order):
    text = show(client, order).content.decode()
    assert all("src=" in tag.split(">")[0] for tag in text.split("<script")[1:])
    assert "onclick" not in text


def test_the_same_form_goes_the_redirect_way_without_script(client, order, real_keys):
    text = show(client, order, "wechat_pay").content.decode()
    assert f'action="{address("payment:away", order)}"' in text
    assert "<noscript>" in text
    assert 'value="wechat_pay" checked' in text
    response = client.post(address("payment:away", order), {"method": "wechat_pay"})
    page = unescape(response.content.decode())
    assert f'http-equiv="refresh" content="0;url={real_keys.base}/pay/' in page
    assert "On to WeChat Pay" in page
    assert Payment.objects.get().method == "wechat_pay"


def test_a_card_cannot_go_the_redirect_way(client, order):
    assert (
        "On to Alipay"
        in client.post(address("payment:away", order), {"method": "card"}).content.decode()
    )
    assert Payment.objects.get().method == "alipay"


def test_a_page_that_only_looks_sends_nobody_away(client, order):
    assert client.get(address("payment:away", order)).status_code == 405


def test_without_a_publishable_key_alipay_is_still_paid_and_a_card_says_why_not(
    client, order, settings
):
    settings.STRIPE_PUBLISHABLE_KEY = ""
    assert client.get(address("payment:pay", order))["Location"] == page_of(order)
    response = client.post(address("payment:pay", order), {"method": "card"}, follow=True)
    assert "Bank cards cannot be taken just now." in response.content.decode()
    assert not Payment.objects.exists()
    response = client.post(address("payment:pay", order), {"method": "alipay"})
    assert "On to Alipay" in response.content.decode()


@pytest.mark.parametrize("status", ["processing", "succeeded", "canceled"])
def test_an_intent_that_cannot_be_paid_any_more_is_looked_at_instead(
    client, order, monkeypatch, status
):
    show(client, order)
    fetch = gateway.fetch_intent
    changed = vars(fetch(Payment.objects.get().intent_id)) | {"status": status}
    monkeypatch.setattr(gateway, "fetch_intent", lambda _: gateway.Intent(**changed))
    assert show(client, order)["Location"] == address("payment:return", order)


def test_paying_here_ends_at_the_paid_order(client, order, real_keys):
    show(client, order)
    intent_id = Payment.objects.get().intent_id
    page = gateway.confirm_redirect(intent_id=intent_id, method="card", return_url="http://x.test/")
    real_keys.choose(page, "succeed")
    assert client.get(address("payment:return", order))["Location"] == page_of(order)
    assert show(client, order)["Location"] == page_of(order)


def test_while_stripe_is_down_the_order_stays_and_says_so(client, order, real_keys):
    real_keys.switch(down=True)
    response = client.get(address("payment:pay", order), follow=True)
    text = response.content.decode()
    assert response.redirect_chain == [(page_of(order) + "?payment=unreachable", 302)]
    assert "Your order is kept" in text
    assert "1 parcel, waiting for payment" in text


@pytest.mark.parametrize(
    ("key", "intent", "outcome"),
    [("sk_test_tests", "pi_unknown", "refused"), ("not a key", "pi_known", "unreachable")],
)
def test_an_intent_that_is_refused_or_not_told_of_says_so_on_the_orders_page(
    client, order, settings, key, intent, outcome
):
    Payment.objects.create(order=order, amount=order.total_incl_tax, intent_id=intent)
    settings.STRIPE_SECRET_KEY = key
    assert show(client, order)["Location"] == page_of(order) + f"?payment={outcome}"


@pytest.mark.parametrize("name", ["payment:pay", "payment:away"])
def test_an_overdue_order_is_not_paid_and_nobody_is_called(
    client, order, time_machine, nobody_is_called, name
):
    time_machine.move_to(NOW + timedelta(minutes=30), tick=False)
    send = client.get if name == "payment:pay" else client.post
    response = send(address(name, order), follow=True)
    assert "1 parcel, expired" in response.content.decode()
    assert not Payment.objects.exists()


@pytest.mark.parametrize("forged", ["{number}", "{number}:forged", "{signed}x"])
def test_a_link_that_we_have_not_signed_finds_nothing(client, order, forged):
    path = forged.format(number=order.number, signed=sign(order))
    for name in ("pay", "pay/away", "return"):
        send = client.post if name == "pay/away" else client.get
        assert send(f"/en/shop/orders/{path}/{name}/").status_code == 404


def test_leaving_needs_our_token(client, order):
    client.handler.enforce_csrf_checks = True
    assert client.post(address("payment:away", order)).status_code == 403
    assert not Payment.objects.exists()


def test_the_page_is_kept_by_nobody(client, order):
    assert "no-store" in show(client, order)["Cache-Control"]


def test_the_demonstration_has_no_such_page(client, order, settings):
    settings.DEMO_PAYMENT_SERVER = True
    assert show(client, order)["Location"] == page_of(order)


def test_the_page_takes_the_same_queries_for_any_number_of_goods(
    client, order, django_assert_max_num_queries
):
    goods = [ProductFactory(storage="frozen") for _ in range(3)]
    many = order_for(*[ProductFactory() for _ in range(5)], *goods)
    with override("en"), django_assert_max_num_queries(22):
        show(client, many)
