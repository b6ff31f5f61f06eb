"""Money as the back office finds it: paid orders, refunds in each state, findings."""

from datetime import datetime
from decimal import Decimal

from marketplace.order.models import Line, Order
from marketplace.payment import posting
from marketplace.payment.findings import note_finding
from marketplace.payment.models import Finding, Payment, Refund
from marketplace.payment.refunds import Request, Wish, request_refund
from marketplace.payment.refunds.sending import end, end_refused, hold_refund
from tests.marketplace.buying import NOW
from tests.marketplace.dashboard.test_orders_list import paid


def with_money(*wanted) -> Order:
    """An order that was paid by Alipay, as the ledger knows."""
    order = paid(*wanted)
    payment = Payment.objects.create(
        order=order,
        amount=order.total_incl_tax,
        intent_id=f"pi_{order.number}",
        method="alipay",
        state=Payment.State.SUCCEEDED,
        settled_at=NOW,
    )
    posting.post_payment(payment)
    return order


def first_line(order: Order) -> Line:
    return order.lines.order_by("pk").first()


def give_back(order: Order, amount: str = "1.00", token: str = "", by=None) -> Refund:
    """A refund of the first line, written down and on its way."""
    return request_refund(
        payment_id=order.payment.pk,
        wish=Wish({first_line(order).pk: Decimal(amount)}, {}),
        request=Request(token or f"{order.number}-{amount}", "少了一袋", by),
        now=NOW,
    )


def failed(refund: Refund, now: datetime = NOW) -> Refund:
    """What the bank refused; the finding is noted with it."""
    end_refused(refund.pk, "charge_expired", now)
    refund.refresh_from_db()
    return refund


def arrived(refund: Refund) -> Refund:
    held = hold_refund(refund.pk)
    end(held, Refund.State.SUCCEEDED, NOW)
    posting.post_refund(held)
    return held


def finding(kind: str = "unknown_money", subject: str = "pi_9", number: str = "", amount="9.00"):
    return note_finding(
        Finding.Kind(kind), subject, NOW, number, None if amount is None else Decimal(amount)
    )


def state_of_money() -> tuple:
    """All that a refusal must leave as it was."""
    return (
        list(Payment.objects.order_by("pk").values_list("state", "refunded")),
        list(Line.objects.order_by("pk").values_list("refunded", flat=True)),
        list(Refund.objects.order_by("pk").values_list("state", "token")),
        list(Finding.objects.order_by("pk").values_list("closed_at", "note")),
    )
