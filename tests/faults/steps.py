"""What web and worker do between an order and its end: one step, one process.

Whatever a step hands on to the worker is lost with its process; the worker's steps begin with
what they find in the database, as the worker would with the task.
"""

import json
import time
from datetime import timedelta

import stripe
from django.conf import settings
from django.test import Client
from django.utils import timezone

from marketplace.order.models import Order
from marketplace.outbox.models import Message
from marketplace.outbox.tasks import send_message, send_waiting
from marketplace.payment import gateway, tasks
from marketplace.payment.cancelling import cancel_paid_order
from marketplace.payment.events import REFUNDS, SUCCEEDED
from marketplace.payment.models import Refund, StripeEvent
from marketplace.payment.services import start_payment


def go_to_pay() -> str:
    """The web: where the buyer pays."""
    about = {"method": "card", "return_url": "http://shop.test/", "now": timezone.now()}
    return start_payment(order=Order.objects.get(), **about)


def deliver() -> None:
    """The web: all that Stripe tells, oldest first."""
    kinds, since = [SUCCEEDED, *REFUNDS], timezone.now() - timedelta(hours=2)
    for event in reversed(list(gateway.list_events(since=since, kinds=kinds))):
        text, moment = json.dumps(event.payload), int(time.time())
        (secret,) = settings.STRIPE_WEBHOOK_SECRETS
        signed = stripe.WebhookSignature._compute_signature(f"{moment}.{text}", secret)
        headers = {"Stripe-Signature": f"t={moment},v1={signed}"}
        about = {"content_type": "application/json", "headers": headers}
        assert Client().post("/webhooks/stripe/", text.encode(), **about).status_code == 200


def take_back() -> None:
    """The web: the buyer does not want it any more."""
    cancel_paid_order(order=Order.objects.get(), by=None, reason="", now=timezone.now())


def handle_events() -> None:
    for event in StripeEvent.objects.filter(handled_at=None).order_by("pk"):
        tasks.handle_event(event.pk)


def send_refunds() -> None:
    for refund in Refund.objects.filter(state="pending"):
        tasks.send_refund(refund.pk)


def send_mails() -> None:
    for message in Message.objects.filter(sent_at=None).order_by("pk"):
        send_message(message.pk)


def expire() -> None:
    tasks.expire_orders()


def follow_timetable() -> None:
    tasks.expire_orders()
    tasks.handle_waiting()
    tasks.send_due()
    tasks.reconcile_payments()
    send_waiting()
