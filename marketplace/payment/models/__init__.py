"""Money of orders: one payment each, what was given back, and what Stripe told us about it."""

from marketplace.payment.models.events import StripeEvent
from marketplace.payment.models.findings import Finding, Reconciliation
from marketplace.payment.models.payments import Payment
from marketplace.payment.models.refunds import Refund, RefundPart

__all__ = ["Finding", "Payment", "Reconciliation", "Refund", "RefundPart", "StripeEvent"]

from oscar.apps.payment.models import *
