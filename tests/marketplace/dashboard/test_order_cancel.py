"""Cancelling an order in the back office: asked first, with a reason, until it is sent."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from marketplace.dashboard.orders import views
from marketplace.order.models import ConsignmentStep, Order
from marketplace.payment import gateway
from marketplace.payment.expiry import AlreadyPaid
from marketplace.payment.gateway import GatewayDown
from marketplace.payment.models import Payment, Refund
from tests.factories import ProductFactory
from tests.marketplace.buying import order_for, stock
from tests.marketplace.dashboard.money import give_back, with_money

pytestmark = pytest.mark.django_db


def path(order) -> str:
    return f"/en/dashboard/orders/{order.number}/cancel/"


def cancel(office, order, reason: str = "改主意", shown: str = "awaiting_payment"):
    return office.post(path(order), {"reason": reason, "shown": shown})


def states(order) -> set[str]:
    return set(order.consignments.values_list("state", flat=True))


def test_it_asks_first(office):
    order = order_for()
    page = office.get(path(order)).content.decode()
    assert "Cancel this order?" in page
    assert states(order) == {"awaiting_payment"}


def test_with_a_reason_all_parcels_are_cancelled_and_the_goods_are_free(office, operator):
    product, other = ProductFactory(), ProductFactory(storage="frozen")
    order = order_for((product, 3), other)
    response = cancel(office, order, "买家来电改主意")
    assert response["Location"] == f"/en/dashboard/orders/{order.number}/"
    assert states(order) == {"cancelled"}
    assert stock(product).num_allocated == 0
    steps = ConsignmentStep.objects.filter(state="cancelled")
    assert {(step.by, step.reason) for step in steps} == {(operator, "买家来电改主意")}
    page = office.get(response["Location"]).content.decode()
    assert "its goods are free again" in page
    assert "买家来电改主意" in page


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201, "a\x00b"])
def test_without_a_proper_reason_nothing_is_cancelled(office, reason):
    order = order_for()
    response = cancel(office, order, reason)
    assert response.status_code == 200
    assert "field--wrong" in response.content.decode()
    assert states(order) == {"awaiting_payment"}


def test_an_unpaid_order_says_that_nothing_goes_back(office):
    assert "nothing to pay back" in office.get(path(order_for())).content.decode()


@pytest.mark.parametrize("state", ["paid", "packed"])
def test_a_paid_order_says_what_goes_back_and_gives_it_back(office, operator, state):
    product = ProductFactory()
    order = with_money((product, 2))
    order.consignments.update(state=state)
    total = f"¥{order.total_incl_tax:,.2f}"
    page = office.get(path(order)).content.decode()
    assert f"{total} goes back the way it was paid" in page
    assert f"Cancel and give {total} back" in page
    response = cancel(office, order, "缺货", shown="paid")
    assert states(order) == {"cancelled"}
    assert stock(product).num_allocated == 0
    refund = Refund.objects.get()
    assert (refund.kind, refund.amount) == ("cancelled", order.total_incl_tax)
    assert (refund.by, refund.reason) == (operator, "缺货")
    assert f"{total} goes back" in office.get(response["Location"]).content.decode()


def test_of_a_paid_order_only_what_is_left_goes_back(office):
    order = with_money()
    give_back(order, "1.00")
    left = f"¥{order.total_incl_tax - 1:,.2f} goes back the way"
    assert left in office.get(path(order)).content.decode()
    cancel(office, order, shown="paid")
    assert sum(Refund.objects.values_list("amount", flat=True)) == order.total_incl_tax


def test_an_order_given_back_whole_is_cancelled_without_another_refund(office):
    order = with_money()
    order.lines.update(refunded=F("line_price_incl_tax"))
    order.consignments.update(fee_refunded=F("fee"))
    Payment.objects.update(refunded=F("amount"))
    assert "nothing more goes back" in office.get(path(order)).content.decode()
    assert cancel(office, order, shown="paid").status_code == 302
    assert states(order) == {"cancelled"}
    assert not Refund.objects.exists()


def test_an_order_that_was_paid_meanwhile_is_not_cancelled_and_asks_again(office):
    order = with_money()
    response = cancel(office, order, "改主意", shown="awaiting_payment")
    page = response.content.decode()
    assert response.status_code == 409
    assert "paid meanwhile" in page
    assert "goes back the way it was paid" in page
    assert 'name="shown" value="paid"' in page
    assert "改主意" in page
    assert states(order) == {"paid"}
    assert not Refund.objects.exists()


def test_money_that_comes_while_it_is_cancelled_is_seen(office, monkeypatch):
    order = order_for()

    def pay_first(**_):
        raise AlreadyPaid

    monkeypatch.setattr(views, "cancel_order", pay_first)
    response = cancel(office, order)
    assert response.status_code == 409
    assert "paid meanwhile" in response.content.decode()
    assert states(order) == {"awaiting_payment"}


@pytest.mark.parametrize("shown", ["", "x", "shipped"])
def test_without_a_word_of_what_was_shown_nothing_is_cancelled(office, shown):
    order = with_money()
    assert cancel(office, order, shown=shown).status_code == 200
    assert states(order) == {"paid"}
    assert not Refund.objects.exists()


def test_a_shipped_order_says_why_it_stays(office):
    order = with_money(ProductFactory(), ProductFactory(storage="frozen"))
    order.consignments.filter(storage="frozen").update(state="shipped")
    for response in (office.get(path(order)), cancel(office, order, "x", shown="paid")):
        page = response.content.decode()
        assert "has been sent" in page
        assert "<textarea" not in page
        assert f"/en/dashboard/orders/{order.number}/refund/" in page
    assert states(order) == {"paid", "shipped"}
    assert not Refund.objects.exists()


def test_a_second_click_cancels_nothing_more(office):
    order = with_money()
    cancel(office, order, shown="paid")
    assert "given up already" in cancel(office, order, shown="paid").content.decode()
    assert Refund.objects.count() == 1


def test_an_order_that_was_given_up_says_so(office):
    order = order_for()
    Order.objects.filter(pk=order.pk).update(held_until=timezone.now() - timedelta(minutes=1))
    page = cancel(office, order, "x").content.decode()
    assert "given up already" in page
    assert states(order) == {"awaiting_payment"}


def test_while_the_payment_service_is_silent_the_order_stays(office, monkeypatch):
    order = order_for()
    Payment.objects.create(order=order, amount=order.total_incl_tax, intent_id="pi_1")

    def silent(intent_id):
        raise GatewayDown

    monkeypatch.setattr(gateway, "cancel_intent", silent)
    page = cancel(office, order, "改主意").content.decode()
    assert "does not answer" in page
    assert "改主意" in page
    assert states(order) == {"awaiting_payment"}
