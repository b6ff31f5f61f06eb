"""Unpaid orders that somebody gives up, once, and never a paid one."""

import pytest

from marketplace.accounts.models import User
from marketplace.order.models import ConsignmentStep
from marketplace.payment import gateway
from marketplace.payment.expiry import (
    AlreadyPaid,
)
from marketplace.payment.gateway import GatewayDown
from marketplace.payment.models import Payment
from marketplace.payment.services import NotPayable, settle, start_payment
from tests.marketplace.buying import NOW, in_english, stock
from tests.marketplace.payment.expiry.steps import (
    BACK,
    END,
    assert_given_up,
    assert_still_held,
    cancel,
    expire,
    mails,
    states,
)

pytestmark = pytest.mark.django_db


def test_the_buyer_cancels_before_paying(order, product, page):
    cancel(order)
    assert_given_up("cancelled", product)
    assert gateway.fetch_intent(Payment.objects.get().intent_id).status == "canceled"
    with pytest.raises(NotPayable):
        start_payment(order=order, method="alipay", return_url=BACK, now=NOW)


def test_an_operator_cancels_with_a_reason(order, product, nobody_is_called):
    operator = User.objects.create_user("operator@example.com")
    cancel(order, by=operator, reason="收货人打来电话")
    assert_given_up("cancelled", product)
    steps = ConsignmentStep.objects.filter(state="cancelled").values_list("by", "reason", "at")
    assert set(steps) == {(operator.pk, "收货人打来电话", NOW)}


def test_cancelling_again_or_after_expiry_changes_nothing(order, product, nobody_is_called):
    expire(order)
    cancel(order, now=END)
    assert_given_up("expired", product)
    assert mails("order_cancelled") == 0


def test_a_paid_order_is_not_cancelled(order, product, page, stripe_server):
    stripe_server.choose(page, "succeed")
    settle(payment_id=Payment.objects.get().pk, now=NOW)
    with pytest.raises(AlreadyPaid) as caught:
        cancel(order)
    assert in_english(caught.value).startswith("This order was paid meanwhile.")
    assert states() == {"paid"}
    assert stock(product).num_allocated == 3


def test_cancelling_an_order_whose_money_has_just_come_settles_it(order, page, stripe_server):
    stripe_server.choose(page, "succeed")
    with pytest.raises(AlreadyPaid):
        cancel(order)
    assert states() == {"paid"}
    assert mails("order_paid") == 1


def test_while_the_gateway_is_down_nothing_is_cancelled(order, product, page, stripe_server):
    stripe_server.switch(down=True)
    with pytest.raises(GatewayDown):
        cancel(order)
    assert_still_held(product)


def test_vouchers_come_back_once(order, monkeypatch):
    returned = []
    monkeypatch.setattr(
        "marketplace.order.services.moves.return_uses", lambda **about: returned.append(about)
    )
    expire(order)
    cancel(order, now=END)
    assert returned == [{"order_id": order.pk}]
