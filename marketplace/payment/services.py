"""Starting payments and settling them: the one place where an order becomes paid."""

import logging
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from marketplace.order.models import Order
from marketplace.order.notices import Notice, write_notice
from marketplace.order.services import hold_order, mark_paid
from marketplace.order.states import State
from marketplace.partner.services import record_prices_paid
from marketplace.payment import gateway, posting
from marketplace.payment.findings import note_finding
from marketplace.payment.gateway import GatewayError, Intent, Method
from marketplace.payment.models import Finding, Payment
from marketplace.payment.refunds import refund_late_money

log = logging.getLogger(__name__)
SUCCEEDED, PROCESSING = "succeeded", "processing"


class Outcome(StrEnum):
    """What is known of a payment after asking."""

    PAID = "paid"
    WAITING = "waiting"
    PROCESSING = "processing"
    DECLINED = "declined"
    MISMATCH = "mismatch"
    LATE = "late"
    CLOSED = "closed"


class NotPayable(Exception):
    """The order does not wait for money: it is paid, cancelled, or was not paid in time."""


def start_payment(*, order: Order, method: Method, return_url: str, now: datetime) -> str:
    """The address of the page where the buyer pays; they come back to `return_url`.

    Called after the order is committed, as often as the buyer likes while its goods are held:
    there is one payment and one intent per order. Raises NotPayable without having called
    anybody, GatewayDown or GatewayRefused; the order stays.
    """
    payment = open_payment(order, now)
    intent_id = payment.intent_id or make_intent(payment).id
    Payment.objects.filter(pk=payment.pk, state=Payment.State.WAITING).update(method=method)
    return gateway.confirm_redirect(intent_id=intent_id, method=method, return_url=return_url)


def open_intent(*, order: Order, now: datetime) -> Intent:
    """The order's one intent as it is now, made when it is first asked for.

    Raises NotPayable without having called anybody, GatewayDown or GatewayRefused.
    """
    payment = open_payment(order, now)
    known = payment.intent_id
    return gateway.fetch_intent(known) if known else make_intent(payment)


def make_intent(payment: Payment) -> Intent:
    """Made and noted; NotPayable when the order was given up meanwhile."""
    intent = create_intent(payment)
    waiting = Payment.objects.filter(pk=payment.pk, state=Payment.State.WAITING)
    if not waiting.update(intent_id=intent.id):
        gateway.cancel_intent(intent.id)
        raise NotPayable
    return intent


@transaction.atomic
def open_payment(order: Order, now: datetime) -> Payment:
    """The order's one payment, under the order's lock: nobody gives it up in between."""
    held = hold_order(order.pk)
    if held.state_at(now) != State.AWAITING_PAYMENT:
        raise NotPayable
    return Payment.objects.get_or_create(order=held, defaults={"amount": held.total_incl_tax})[0]


def create_intent(payment: Payment) -> Intent:
    """The order's intent: asked for twice, the gateway answers with the same one."""
    number = payment.order.number
    return gateway.create_intent(
        amount=payment.amount,
        order_number=number,
        description=f"阴山集 {number}",
        idempotency_key=f"order-{number}",
    )


def settle(*, payment_id: int, now: datetime) -> Outcome:
    """Ask the gateway, and if the money is there mark the order paid, exactly once.

    Return page, webhook and repeats of both may come in any order and at the same time: the
    payment's row decides, and it only moves forward. The gateway is asked before the row is
    locked. Raises GatewayDown or GatewayRefused, having changed nothing.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.has_money or payment.intent_id is None:
        return outcome_of(payment)
    intent = gateway.fetch_intent(payment.intent_id)
    if intent.status == SUCCEEDED:
        note_method(payment, intent)
        return record_success(payment_id, intent, now)
    if intent.status == PROCESSING:
        return Outcome.PROCESSING
    return Outcome.DECLINED if intent.error else outcome_of(payment)


def note_method(payment: Payment, intent: Intent) -> None:
    """By what it was really paid: on the payment page the buyer may have chosen another way.

    It is only for reading: nobody waits for it when the gateway is slow to tell.
    """
    if not intent.charge_id:
        return
    try:
        method = gateway.fetch_method(intent.charge_id)
    except GatewayError:
        return
    Payment.objects.filter(pk=payment.pk, settled_at=None).update(method=method[:20])


def outcome_of(payment: Payment) -> Outcome:
    outcomes = {
        Payment.State.WAITING: Outcome.WAITING,
        Payment.State.SUCCEEDED: Outcome.PAID,
        Payment.State.CANCELLED: Outcome.CLOSED,
        Payment.State.LATE: Outcome.LATE,
    }
    return outcomes[Payment.State(payment.state)]


@transaction.atomic
def record_success(payment_id: int, intent: Intent, now: datetime) -> Outcome:
    """Note that the money came; when the goods were given up before, it goes back by itself."""
    payment = Payment.objects.hold(payment_id)
    if payment.has_money:
        return outcome_of(payment)
    number = payment.order.number
    if not matches(payment, intent):
        log.error("Intent %s does not match order %s", intent.id, number)
        note_finding(Finding.Kind.MISMATCH, intent.id, now, number, intent.amount)
        return Outcome.MISMATCH
    if payment.state == Payment.State.CANCELLED or not mark_paid(order=payment.order, now=now):
        log.warning("Intent %s paid order %s too late", intent.id, number)
        return take_late_money(payment, now)
    note_money(payment, Payment.State.SUCCEEDED, now)
    posting.post_payment(payment)
    sold = payment.order.lines.filter(stockrecord__isnull=False)
    prices = ((line.stockrecord_id, line.price_paid) for line in sold)
    record_prices_paid(prices=prices, at=now)
    write_notice(order=payment.order, notice=Notice.PAID)
    return Outcome.PAID


def take_late_money(payment: Payment, now: datetime) -> Outcome:
    note_money(payment, Payment.State.LATE, now)
    posting.post_late_money(payment)
    refund_late_money(payment=payment, now=now)
    write_notice(order=payment.order, notice=Notice.LATE, amount=payment.amount)
    return Outcome.LATE


def note_money(payment: Payment, state: Payment.State, now: datetime) -> None:
    payment.state, payment.settled_at = state, now
    payment.save(update_fields=["state", "settled_at"])


def matches(payment: Payment, intent: Intent) -> bool:
    """Whether the money that came is the money of this order."""
    asked = (payment.intent_id, payment.amount, gateway.CURRENCY, payment.order.number)
    came = (intent.id, intent.amount, intent.currency, intent.metadata.get("order"))
    return asked == came
