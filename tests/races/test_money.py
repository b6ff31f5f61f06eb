"""Money that is asked for, taken, given back and compared at the same moment: one outcome."""

from datetime import timedelta
from functools import partial

import pytest

from marketplace.order.models import Consignment
from marketplace.outbox.models import Message
from marketplace.payment import tasks
from marketplace.payment.cancelling import NotPaid, cancel_paid_order
from marketplace.payment.events import handle_event, keep_event
from marketplace.payment.expiry import AlreadyPaid, PaymentUnderWay, cancel_order, expire_order
from marketplace.payment.models import Finding, Payment, Refund, StripeEvent
from marketplace.payment.reconciliation import reconcile
from marketplace.payment.services import NotPayable, Outcome, settle, start_payment
from marketplace.payment.webhooks import receive_event
from tests.factories import ProductFactory
from tests.marketplace.buying import NOW, order_for
from tests.marketplace.payment.stripe_in_memory import OPEN, StripeInMemory
from tests.marketplace.payment.truths import assert_money_and_stock_are_exact, stock_now
from tests.races.threads import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
END = NOW + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def stripe(monkeypatch):
    stripe = StripeInMemory()
    stripe.put_in_place(monkeypatch)
    return stripe


@pytest.fixture
def order():
    return order_for((ProductFactory(), 3), (ProductFactory(storage="frozen"), 2))


@pytest.fixture
def at_first(order):
    return stock_now()


@pytest.fixture
def intent(order, stripe, at_first):
    """The buyer stands before Stripe's page."""
    start_payment(order=order, method="card", return_url="", now=NOW)
    return Payment.objects.get().intent_id


def mails() -> list[str]:
    """Kinds of the mails, without the first one."""
    kinds = (event.split(":")[0] for event in Message.objects.values_list("event", flat=True))
    return sorted(kind for kind in kinds if kind != "order_placed")


def states() -> set[str]:
    return set(Consignment.objects.values_list("state", flat=True))


def come_back(now=NOW):
    return settle(payment_id=Payment.objects.get().pk, now=now)


def deliver(stripe, number=-1):
    """Stripe's message; the worker acts on it at once."""
    return receive_event(payload=stripe.events[number], signature="")


@pytest.mark.parametrize("turn", ROUNDS)
def test_return_webhook_and_reconciliation_pay_the_order_once(turn, stripe, intent, at_first):
    stripe.pay(intent)
    calls = [come_back, partial(deliver, stripe), partial(reconcile, now=NOW)] * 3
    results = at_once(calls)
    assert results[::3] == [Outcome.PAID] * 3
    assert {type(result).__name__ for result in results} == {
        "Outcome",
        "StripeEvent",
        "Reconciliation",
    }
    assert (states(), mails()) == ({"paid"}, ["order_paid"])
    assert StripeEvent.objects.get().handled_at is not None
    assert not Finding.objects.exists()
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_expiry_against_payment_is_paid_or_expired(turn, order, stripe, intent, at_first):
    def pay_and_come_back():
        stripe.pay(intent)
        return come_back(END)

    expire = partial(expire_order, order_id=order.pk, now=END)
    results = at_once([expire, pay_and_come_back, partial(reconcile, now=END)] * 2)
    assert not [result for result in results if isinstance(result, Exception)]
    if stripe.intents[intent].status == "succeeded":
        assert (states(), mails()) == ({"paid"}, ["order_paid"])
    else:
        assert (states(), mails()) == ({"expired"}, ["order_expired"])
        assert stripe.intents[intent].status == "canceled"
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_cancelling_against_payment_is_paid_or_cancelled(turn, order, stripe, intent, at_first):
    def pay_and_come_back():
        stripe.pay(intent)
        return come_back()

    cancel = partial(cancel_order, order=order, by=None, reason="", now=NOW)
    results = at_once([cancel, pay_and_come_back] * 3)
    if stripe.intents[intent].status == "succeeded":
        assert {type(result) for result in results[::2]} <= {AlreadyPaid, PaymentUnderWay}
        assert (states(), mails()) == ({"paid"}, ["order_paid"])
    else:
        assert results[::2] == [None] * 3
        assert (states(), mails()) == ({"cancelled"}, ["order_cancelled"])
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_cancelling_against_going_to_pay_leaves_no_open_intent(turn, order, stripe, at_first):
    start = partial(start_payment, order=order, method="card", return_url="back", now=NOW)
    cancel = partial(cancel_order, order=order, by=None, reason="", now=NOW)
    results = at_once([start, cancel, partial(reconcile, now=NOW)] * 2)
    kinds = {type(result) for result in results[::3] + results[1::3]}
    assert kinds <= {str, type(None), NotPayable, PaymentUnderWay}
    cancel()
    reconcile(now=NOW)
    assert not [i for i in stripe.intents.values() if i.status in OPEN]
    assert (states(), mails()) == ({"cancelled"}, ["order_cancelled"])
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_late_money_that_is_heard_of_by_all_at_once_goes_back_once(
    turn, order, stripe, intent, at_first
):
    expire_order(order_id=order.pk, now=END)
    stripe.pay(intent, among=["canceled"])
    event, _ = keep_event(stripe.events[-1])
    hear = partial(handle_event, event_pk=event.pk, now=END)
    results = at_once([partial(come_back, END), hear, partial(reconcile, now=END)] * 2)
    assert results[::3] == [Outcome.LATE] * 2
    tasks.send_due()
    assert (Refund.objects.get().state, stripe.left_of(intent)) == ("succeeded", 0)
    assert mails() == ["order_expired", "order_paid_late", "order_refunded"]
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_late_money_against_expiry_is_paid_or_goes_back(turn, order, stripe, intent, at_first):
    """Stripe may take money although it has just said that it will not."""

    def pay_and_come_back():
        stripe.pay(intent, among=[*OPEN, "canceled"])
        return come_back(END)

    expire = partial(expire_order, order_id=order.pk, now=END)
    results = at_once([expire, pay_and_come_back] * 2)
    assert set(results[1::2]) <= {Outcome.PAID, Outcome.LATE}
    (state,) = states()
    if state == "paid":
        assert (mails(), stripe.left_of(intent)) == (["order_paid"], order.total_incl_tax)
    else:
        assert mails() == ["order_expired", "order_paid_late", "order_refunded"]
        assert (state, stripe.left_of(intent)) == ("expired", 0)
    assert_money_and_stock_are_exact(stripe, at_first)


@pytest.mark.parametrize("turn", ROUNDS)
def test_taking_back_while_it_is_being_paid_takes_it_back_whole_or_not_at_all(
    turn, order, stripe, intent, at_first
):
    stripe.pay(intent)
    take_back = partial(cancel_paid_order, order=order, by=None, reason="", now=NOW)
    results = at_once([come_back, take_back, partial(reconcile, now=NOW), take_back])
    assert {type(result) for result in results[1::2]} <= {type(None), NotPaid}
    took_back = None in results[1::2]
    assert states() == ({"cancelled"} if took_back else {"paid"})
    assert stripe.left_of(intent) == (0 if took_back else order.total_incl_tax)
    assert Refund.objects.count() == took_back
    assert_money_and_stock_are_exact(stripe, at_first)
