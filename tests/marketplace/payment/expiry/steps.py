"""Giving up orders and what must be true of them then."""

from datetime import timedelta

from marketplace.order.models import Consignment, ConsignmentStep, Line
from marketplace.outbox.models import Message
from marketplace.payment.expiry import (
    cancel_order,
    expire_order,
)
from marketplace.payment.models import Payment
from tests.marketplace.buying import NOW, stock

END = NOW + timedelta(minutes=30)
BEFORE_END = END - timedelta(seconds=1)
BACK = "http://shop.test/return"


def states():
    return set(Consignment.objects.values_list("state", flat=True))


def mails(kind):
    return Message.objects.filter(event__startswith=kind).count()


def assert_given_up(state, product):
    assert states() == {state}
    assert stock(product).num_allocated == 0
    assert not Line.objects.exclude(num_allocated=0).exists()
    product.refresh_from_db()
    assert product.in_stock
    assert mails(f"order_{state}") == 1
    assert not Payment.objects.exclude(state="cancelled").exists()
    assert ConsignmentStep.objects.filter(state=state).count() == 2


def assert_still_held(product):
    assert states() == {"awaiting_payment"}
    assert stock(product).num_allocated == 3
    assert ConsignmentStep.objects.count() == 2
    assert mails("order_") == mails("order_placed")


def expire(order, now=END):
    return expire_order(order_id=order.pk, now=now)


def cancel(order, now=NOW, by=None, reason=""):
    return cancel_order(order=order, by=by, reason=reason, now=now)
