"""Web and worker killed between any two steps from the order to its mail: it heals by itself.

By itself is: the timetable, and the person who presses the button again. Only the gap between a
mail's way out and the note of it cannot be closed: that mail is sent twice rather than never.
"""

from collections import Counter

import pytest

from marketplace.order.models import Consignment, ConsignmentStep
from marketplace.outbox.models import Message
from marketplace.payment.models import Finding, Payment, Refund, StripeEvent
from tests.marketplace.payment.truths import (
    assert_ledger_is_exact,
    assert_refunds_are_counted,
    assert_stock_is_exact,
)

pytestmark = [pytest.mark.postgresql]
PAYMENT, OUTBOX = "marketplace.payment", "marketplace.outbox"
MINUTES = 60
MAIL_IS_OUT = "after django.core.mail.EmailMessage.send"

GOING_TO_PAY = [
    f"after {PAYMENT}.services.open_payment",
    f"before {PAYMENT}.gateway.create_intent",
    f"after {PAYMENT}.gateway.create_intent",
    f"after {PAYMENT}.services.make_intent",
    f"before {PAYMENT}.gateway.confirm_redirect",
    f"after {PAYMENT}.gateway.confirm_redirect",
]
SENDING_MAILS = [
    f"after {OUTBOX}.querysets.MessageQuerySet.take",
    "before django.core.mail.EmailMessage.send",
    MAIL_IS_OUT,
]
PAYING = {
    "go_to_pay": GOING_TO_PAY,
    "deliver": [
        f"after {PAYMENT}.webhooks.keep_event",
        f"before {PAYMENT}.tasks.handle_event.delay",
        f"after {PAYMENT}.tasks.handle_event.delay",
    ],
    "handle_events": [
        f"before {PAYMENT}.events.settle",
        f"after {PAYMENT}.gateway.fetch_intent",
        f"after {PAYMENT}.services.mark_paid",
        f"after {PAYMENT}.posting.post_payment",
        f"after {PAYMENT}.services.write_notice",
        f"after {PAYMENT}.services.record_success",
        f"after {PAYMENT}.events.settle",
    ],
    "send_mails": SENDING_MAILS,
}
TAKING_BACK = {
    "take_back": [
        f"after {PAYMENT}.cancelling.give_up",
        f"after {PAYMENT}.refunds.requests.write_refund",
        f"before {PAYMENT}.refunds.tasks.send_refund.delay",
        f"before {OUTBOX}.services.send_message.delay",
    ],
    "send_refunds": [
        f"after {PAYMENT}.querysets.RefundQuerySet.take",
        f"before {PAYMENT}.gateway.create_refund",
        f"after {PAYMENT}.gateway.create_refund",
        f"before {PAYMENT}.refunds.sending.record_refund",
        f"after {PAYMENT}.posting.post_refund",
        f"after {PAYMENT}.refunds.sending.record_refund",
    ],
    "send_mails": SENDING_MAILS,
}
EXPIRING = {
    "expire": [
        f"before {PAYMENT}.gateway.cancel_intent",
        f"after {PAYMENT}.gateway.cancel_intent",
        f"after {PAYMENT}.expiry.give_up",
        f"after {PAYMENT}.expiry.write_notice",
        f"after {PAYMENT}.expiry.release",
    ],
    "send_mails": SENDING_MAILS,
}
# One of each kind in every run: made but not noted, kept but not handed on, done but not told.
IN_EVERY_RUN = {
    ("go_to_pay", f"after {PAYMENT}.gateway.create_intent"),
    ("deliver", f"before {PAYMENT}.tasks.handle_event.delay"),
    ("send_refunds", f"after {PAYMENT}.gateway.create_refund"),
    ("expire", f"after {PAYMENT}.gateway.cancel_intent"),
}


def deaths(journey: dict[str, list[str]]):
    """Each step with each of its points; most of them for `make soak` alone."""
    pairs = [(step, point) for step, points in journey.items() for point in points]
    return pytest.mark.parametrize(
        ("step", "point"),
        [
            pytest.param(
                *pair,
                marks=() if pair in IN_EVERY_RUN else pytest.mark.soak,
                id=" ".join(pair),
            )
            for pair in pairs
        ],
    )


def travel(shop, steps, step, point, later=0) -> None:
    """Do the steps in turn, except that one of them dies."""
    for each in steps:
        if each == step:
            shop.die(each, point, later=later)
        else:
            shop.do(each, later=later)


def heal(shop, later=0) -> None:
    """The timetable, twice: after a mail's first pause, and after its second."""
    for minutes in (3, 10):
        shop.do("follow_timetable", later=later + minutes * MINUTES)


def pay(shop, point="") -> None:
    """A person who was let down presses again."""
    if point:
        shop.die("go_to_pay", point)
    shop.stripe.choose(shop.do("go_to_pay"), "succeed")


def assert_end(shop, at_first, state: str, payment: str, mails: set[str], point: str) -> None:
    """One outcome, told once; the books and the shelf say the same; nobody need decide."""
    assert set(Consignment.objects.values_list("state", flat=True)) == {state}
    assert ConsignmentStep.objects.filter(state=state).count() == 2
    assert Payment.objects.get().state == payment
    assert (Finding.objects.count(), StripeEvent.objects.filter(handled_at=None).count()) == (0, 0)
    assert_ledger_is_exact()
    assert_refunds_are_counted()
    assert_stock_is_exact(at_first)
    assert_mails(shop, mails, point)


def assert_mails(shop, kinds: set[str], point: str) -> None:
    messages = Message.objects.exclude(event__startswith="order_placed:")
    assert {event.split(":")[0] for event in messages.values_list("event", flat=True)} == kinds
    assert not messages.filter(sent_at=None).exists()
    sent, once = shop.sent_mails(), Counter(messages.values_list("subject", flat=True))
    if point == MAIL_IS_OUT:
        assert sorted((sent - once).values()) == [1]
        assert sent.keys() == once.keys()
    else:
        assert sent == once


@deaths(PAYING)
def test_an_order_is_paid_once_whatever_dies_on_the_way(shop, order, at_first, step, point):
    pay(shop, point if step == "go_to_pay" else "")
    travel(shop, ["deliver", "handle_events", "send_mails"], step, point)
    heal(shop)
    assert_end(shop, at_first, "paid", "succeeded", {"order_paid"}, point)
    (intent,) = shop.intents()
    assert (intent.id, intent.status) == (Payment.objects.get().intent_id, "succeeded")
    assert intent.amount == order.total_incl_tax
    assert shop.refunds() == []


@deaths(TAKING_BACK)
def test_an_order_is_taken_back_once_whatever_dies_on_the_way(shop, order, at_first, step, point):
    pay(shop)
    for each in ("deliver", "handle_events", "send_mails"):
        shop.do(each)
    if step == "take_back":
        shop.die(step, point)
    shop.do("take_back")
    travel(shop, ["send_refunds", "send_mails"], step, point)
    heal(shop)
    mails = {"order_paid", "order_cancelled", "order_refunded"}
    assert_end(shop, at_first, "cancelled", "succeeded", mails, point)
    (refund,) = shop.refunds()
    assert (refund.status, refund.amount) == ("succeeded", order.total_incl_tax)
    assert Refund.objects.get().stripe_id == refund.id


@deaths(EXPIRING)
def test_an_order_expires_once_whatever_dies_on_the_way(shop, order, at_first, step, point):
    shop.do("go_to_pay")
    travel(shop, ["expire", "send_mails"], step, point, later=31 * MINUTES)
    heal(shop, later=31 * MINUTES)
    assert_end(shop, at_first, "expired", "cancelled", {"order_expired"}, point)
    assert [intent.status for intent in shop.intents()] == ["canceled"]


@pytest.mark.soak
@pytest.mark.parametrize("point", GOING_TO_PAY)
def test_an_order_whose_buyer_was_let_down_and_left_expires(shop, order, at_first, point):
    shop.die("go_to_pay", point)
    heal(shop, later=31 * MINUTES)
    assert_end(shop, at_first, "expired", "cancelled", {"order_expired"}, point)
    assert {intent.status for intent in shop.intents()} <= {"canceled"}
