"""The order's page behind its signed link."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from marketplace.accounts.models import User
from marketplace.order.links import order_path, sign
from marketplace.order.models import Consignment, Order
from marketplace.order.services import mark_paid, move
from marketplace.order.states import State
from tests.factories import CooperativeFactory, ProductFactory
from tests.marketplace.buying import NOW, order_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


def path_of(order):
    with override("en"):
        return order_path(order)


def test_the_link_shows_parcels_amounts_and_the_button_to_pay(client):
    order = order_for(
        (ProductFactory(title_en="Oat flour", packs=[("39.00", 9, 2500)]), 2),
        ProductFactory(storage="frozen"),
    )
    response = client.get(path_of(order))
    page = response.content.decode()
    assert "2 parcels, waiting for payment" in page
    assert "Oat flour 2500 g" in page
    assert "¥78.00" in page
    assert f'action="/en/shop/orders/{sign(order)}/pay/"' in page
    assert "no-store" in response["Cache-Control"]


def test_a_paid_order_says_so_and_offers_no_payment(client):
    order = order_for()
    mark_paid(order=order, now=NOW)
    page = client.get(path_of(order)).content.decode()
    assert "1 parcel, paid" in page
    assert "/pay/" not in page


def test_while_it_waits_it_says_until_when_and_can_be_cancelled(client):
    order = order_for()
    page = client.get(path_of(order)).content.decode()
    assert "Held for you until 10:00" in page
    assert f'action="/en/shop/orders/{sign(order)}/cancel/"' in page
    assert "/again/" not in page


def test_an_overdue_order_shows_expired_at_once_and_offers_to_buy_again(client, time_machine):
    order = order_for(ProductFactory(), ProductFactory(storage="frozen"))
    time_machine.move_to(NOW + timedelta(minutes=30), tick=False)
    page = client.get(path_of(order)).content.decode()
    assert "2 parcels, expired" in page
    assert "Not paid in time" in page
    assert page.count("<b>Expired</b>") == 2
    assert f'action="/en/shop/orders/{sign(order)}/again/"' in page
    for closed in ("/pay/", "/cancel/", "Held for you"):
        assert closed not in page
    assert set(Consignment.objects.values_list("state", flat=True)) == {"awaiting_payment"}


def test_a_cancelled_order_says_why(client):
    order = order_for()
    move(
        consignments=order.consignments.all(), to=State.CANCELLED, by=None, reason="买重了", now=NOW
    )
    page = client.get(path_of(order)).content.decode()
    assert "1 parcel, cancelled" in page
    assert "This order is cancelled." in page
    assert "买重了" in page
    assert f'action="/en/shop/orders/{sign(order)}/again/"' in page
    assert "/pay/" not in page


def test_parcels_in_different_states_are_said_in_words(client):
    order = order_for(ProductFactory(), ProductFactory(storage="frozen"))
    first, second = order.consignments.order_by("pk")
    Consignment.objects.filter(pk=first.pk).update(state="delivered")
    Consignment.objects.filter(pk=second.pk).update(state="shipped", promised_on=date(2026, 11, 24))
    page = client.get(path_of(order)).content.decode()
    assert "2 parcels, 1 on the way" in page
    assert "Expected on 24 November" in page


def test_discounts_stand_in_the_sum(client):
    order = order_for((ProductFactory(packs=[("39.00", 9, 1000)]), 2))
    order.discounts.create(offer_name="满50减10", bearer="Borne by the market", amount="10.00")
    order.lines.update(line_price_incl_tax="68.00")
    Order.objects.update(total_incl_tax="76.00")
    page = client.get(path_of(order)).content.decode()
    assert "<dt>Goods</dt><dd>¥78.00</dd>" in page
    assert "<dt>满50减10 (Borne by the market)</dt><dd>−¥10.00</dd>" in page
    assert "¥10.00 taken off" in page


def test_the_owner_finds_the_way_to_the_other_orders(client):
    order = order_for()
    owner = User.objects.create_user("lilan@example.com")
    assert "/account/orders/" not in client.get(path_of(order)).content.decode()
    Order.objects.update(user=owner)
    client.force_login(owner)
    assert "/en/account/orders/" in client.get(path_of(order)).content.decode()


@pytest.mark.parametrize("outcome", ["unreachable", "refused", "declined", "waiting", "mismatch"])
def test_what_kept_the_payment_from_happening_is_said(client, outcome):
    page = client.get(path_of(order_for()) + f"?payment={outcome}").content.decode()
    assert "notice--problem" in page


def test_words_in_the_address_are_not_repeated(client):
    page = client.get(path_of(order_for()) + "?payment=<script>won</script>").content.decode()
    assert "<script>won" not in page
    assert "notice--problem" not in page


def test_neither_the_number_alone_nor_a_changed_link_opens_the_order(client):
    order, other = order_for(), order_for()
    signed = sign(order)
    for wrong in (
        order.number,
        signed[:-1],
        signed.replace(order.number, other.number),
        signed + "x",
        ":",
        "订单",
    ):
        for place in ("", "return/"):
            assert client.get(f"/en/shop/orders/{wrong}/{place}").status_code == 404
        assert client.post(f"/en/shop/orders/{wrong}/pay/").status_code == 404


def test_the_page_is_the_same_in_chinese(client):
    order = order_for()
    with override("zh-hans"):
        response = client.get(order_path(order))
    assert response.status_code == 200
    assert '<html lang="zh-Hans"' in response.content.decode()


def test_marking_paid_moves_each_parcel_forward_once():
    order = order_for(ProductFactory(), ProductFactory(storage="frozen"))
    mark_paid(order=order, now=NOW)
    mark_paid(order=order, now=NOW)
    assert set(Consignment.objects.values_list("state", flat=True)) == {"paid"}
    for consignment in order.consignments.all():
        states = consignment.steps.order_by("pk").values_list("state", flat=True)
        assert list(states) == ["awaiting_payment", "paid"]


@pytest.mark.parametrize("count", [1, 8])
def test_the_order_page_costs_the_same_for_any_length(client, count, django_assert_max_num_queries):
    order = order_for(*(ProductFactory(cooperative=CooperativeFactory()) for _ in range(count)))
    client.get(path_of(order))
    with django_assert_max_num_queries(18):
        client.get(path_of(order))
    assert Order.objects.get().consignments.count() == count
