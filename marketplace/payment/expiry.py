"""Giving up orders that were not paid: in time, or because somebody said so.

An order with an intent is given up only after the gateway has cancelled the intent, so that
nobody can pay for goods that are free again. The gateway is asked outside every transaction.
"""

import logging
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.order.models import Order
from marketplace.order.notices import Notice, write_notice
from marketplace.order.services import give_up, hold_order
from marketplace.order.states import GIVEN_UP, State
from marketplace.payment import gateway
from marketplace.payment.gateway import GatewayDown, GatewayRefused
from marketplace.payment.models import Payment
from marketplace.payment.services import SUCCEEDED, record_success

log = logging.getLogger(__name__)
CANCELED = "canceled"
UNREACHABLE_AT_MOST = 3
NOTICES = {State.EXPIRED: Notice.EXPIRED, State.CANCELLED: Notice.CANCELLED}


class NotCancelled(Exception):
    """The order stays as it is; `words` say why in the reader's language."""

    words: str


class PaymentUnderWay(NotCancelled):
    """The money is on its way, or the buyer has just gone to pay."""

    @property
    def words(self) -> str:
        return _("A payment is under way just now. Please look again in a minute.")


class AlreadyPaid(NotCancelled):
    """Taking it back means paying the money back."""

    @property
    def words(self) -> str:
        return _("This order was paid meanwhile. Please look at it again.")


def cancel_order(*, order: Order, by: User | None, reason: str, now: datetime) -> None:
    """Cancel an order that waits for payment, once; its goods and vouchers are free again.

    One that is cancelled or expired already stays so. `by` is None for the buyer behind the
    signed link. Raises AlreadyPaid, PaymentUnderWay, GatewayDown or GatewayRefused; the order
    stays then.
    """
    with suppress(PaymentUnderWay):
        closed = close_intent(order.pk, now)
        release(order.pk, closed, State.CANCELLED, by=by, reason=reason, now=now)
    current = Order.objects.get(pk=order.pk).state_at(now)
    if current == State.AWAITING_PAYMENT:
        raise PaymentUnderWay
    if current not in GIVEN_UP:
        raise AlreadyPaid


def expire_order(*, order_id: int, now: datetime) -> bool:
    """Give the order up if it is overdue; True when this call did it.

    Should the money have been faster, the order is paid instead. Raises GatewayDown or
    GatewayRefused: the order keeps its goods and is tried again.
    """
    if not Order.objects.overdue(now).filter(pk=order_id).exists():
        return False
    try:
        closed = close_intent(order_id, now)
    except PaymentUnderWay:
        return False
    return release(order_id, closed, State.EXPIRED, by=None, reason="", now=now)


def expire_due(*, now: datetime, at_most: int = 200) -> int:
    """Expire what is overdue, oldest first; returns how many.

    After a few that the gateway did not answer for, the rest waits for the next time.
    """
    expired = unreachable = 0
    for order_id in list(Order.objects.overdue(now).values_list("pk", flat=True)[:at_most]):
        try:
            expired += expire_order(order_id=order_id, now=now)
        except GatewayDown:
            unreachable += 1
            log.warning("Order %s stays held: the gateway does not answer", order_id)
        except GatewayRefused:
            log.exception("Order %s stays held: the gateway refuses", order_id)
        if unreachable == UNREACHABLE_AT_MOST:
            break
    return expired


def close_intent(order_id: int, now: datetime) -> str | None:
    """The intent that nobody can pay any more, None when none was made.

    Raises PaymentUnderWay when the money came, which is then settled, or is about to come.
    """
    payment = Payment.objects.filter(order=order_id).first()
    if payment is None:
        return None
    if payment.state == Payment.State.SUCCEEDED:
        raise PaymentUnderWay
    if payment.intent_id is None or payment.state == Payment.State.CANCELLED:
        return payment.intent_id
    intent = gateway.cancel_intent(payment.intent_id)
    if intent.status == SUCCEEDED:
        record_success(payment.pk, intent, now)
    if intent.status != CANCELED:
        raise PaymentUnderWay
    return payment.intent_id


@transaction.atomic
def release(
    order_id: int, closed: str | None, to: State, *, by: User | None, reason: str, now: datetime
) -> bool:
    """Give up the order while it waits and has no other intent than the `closed` one.

    False when somebody else was faster, or made an intent meanwhile.
    """
    order = hold_order(order_id, skip=to == State.EXPIRED)
    if order is None or not order.is_unpaid:
        return False
    payments = Payment.objects.select_for_update(no_key=True).filter(order=order)
    if any(payment.intent_id != closed for payment in payments):
        return False
    give_up(order=order, to=to, by=by, reason=reason, now=now)
    payments.update(state=Payment.State.CANCELLED)
    write_notice(order=order, notice=NOTICES[to])
    return True
