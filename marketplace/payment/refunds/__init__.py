"""Giving money back: written down in a transaction, sent after it, ended by what Stripe says.

Whoever changes a refund or its payment holds the payment's row; money that is on its way counts
as given back, so that nothing is given twice.
"""

from marketplace.payment.refunds.requests import (
    RefundRefused,
    Request,
    Wish,
    refund_everything,
    refund_late_money,
    request_refund,
    try_again,
)
from marketplace.payment.refunds.sending import hear_of_refund, record_refund, send_due, send_refund

__all__ = [
    "RefundRefused",
    "Request",
    "Wish",
    "hear_of_refund",
    "record_refund",
    "refund_everything",
    "refund_late_money",
    "request_refund",
    "send_due",
    "send_refund",
    "try_again",
]
