"""Taking back an order that is paid: its goods are free again, and the money goes back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.order.models import Order
from marketplace.order.notices import Notice, write_notice
from marketplace.order.services import MoveRefused, give_up, hold_order
from marketplace.order.states import GIVEN_UP, State
from marketplace.payment.expiry import NotCancelled
from marketplace.payment.models import Payment
from marketplace.payment.refunds import Request, refund_everything


class AlreadySent(NotCancelled):
    """A parcel is on its way."""

    @property
    def words(self) -> str:
        return _("A parcel of this order is on its way already. Please write to us.")


class NotPaid(NotCancelled):
    """There is no money to go back."""

    @property
    def words(self) -> str:
        return _("This order is not paid. Please look at it again.")


@transaction.atomic
def cancel_paid_order(*, order: Order, by: User | None, reason: str, now: datetime) -> None:
    """Cancel an order that is paid and not sent, once, and refund all that is left of it.

    `by` is None for the buyer behind the signed link. Nothing happens to an order that is
    cancelled or expired already. Raises AlreadySent, or NotPaid for one that waits for its
    money; the order stays then.
    """
    held = hold_order(order.pk)
    if held.state_at(now) in GIVEN_UP:
        return
    if not held.is_unsent:
        raise NotPaid if held.is_unpaid else AlreadySent
    payment = Payment.objects.hold(Payment.objects.get(order=held).pk)
    try:
        give_up(order=held, to=State.CANCELLED, by=by, reason=reason, now=now)
    except MoveRefused as refusal:
        # A parcel left between the look at its state and the lock.
        raise AlreadySent from refusal
    request = Request(token=f"cancel-{held.number}", reason=reason, by=by)
    refund = refund_everything(payment=payment, request=request, now=now)
    amount = refund.amount if refund else None
    write_notice(order=held, notice=Notice.CANCELLED, amount=amount)
