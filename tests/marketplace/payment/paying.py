"""Steps from an order to its money, for tests that begin with a paid order."""

from marketplace.ledger.models import Entry
from marketplace.order.models import Order
from marketplace.outbox.models import Message
from marketplace.payment.models import Payment
from marketplace.payment.refunds import Request
from marketplace.payment.services import Outcome, settle, start_payment
from tests.marketplace.buying import NOW

BACK = "http://shop.test/return"


def pay_page(order: Order, method: str = "card") -> str:
    """Where the buyer pays. A card's refunds arrive at once, those of wallets a second later."""
    return start_payment(order=order, method=method, return_url=BACK, now=NOW)


def went_to_pay(order: Order) -> Payment:
    """The buyer stands before the page."""
    pay_page(order)
    return Payment.objects.get(order=order)


def pay(order: Order, stripe_server, method: str = "card") -> Payment:
    """Paid at Stripe and settled here."""
    stripe_server.choose(pay_page(order, method), "succeed")
    payment = Payment.objects.get(order=order)
    assert settle(payment_id=payment.pk, now=NOW) == Outcome.PAID
    payment.refresh_from_db()
    return payment


def wished(token: str = "wish", reason: str = "") -> Request:
    return Request(token=token, reason=reason, by=None)


def balances(order: Order) -> dict:
    """By (kind, holder), without the accounts on which nothing is left."""
    found = Entry.objects.about(order.number).balances()
    return {account: amount for account, amount in found.items() if amount}


def mails(kind: str) -> int:
    return Message.objects.filter(event__startswith=kind).count()
