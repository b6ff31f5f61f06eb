"""A market with a Stripe, a clock and a worker of its own, that can be led to its end."""

from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

import pytest
import time_machine
from celery.app.task import Task
from django.core import mail
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from marketplace.order.models import Consignment, Order
from marketplace.order.services import MoveRefused
from marketplace.outbox.models import Message
from marketplace.outbox.tasks import send_waiting
from marketplace.partner.refusals import Refusal
from marketplace.payment import tasks
from marketplace.payment.expiry import NotCancelled
from marketplace.payment.gateway import GatewayError
from marketplace.payment.models import Finding, Payment, Reconciliation, Refund, StripeEvent
from marketplace.payment.refunds import RefundRefused
from marketplace.payment.services import NotPayable
from marketplace.payment.webhooks import receive_event
from tests.marketplace.buying import NOW
from tests.marketplace.payment.stripe_in_memory import OPEN, StripeInMemory
from tests.marketplace.payment.truths import BUYERS, assert_money_and_stock_are_exact, books

REFUSALS = (Refusal, NotPayable, NotCancelled, RefundRefused, MoveRefused, GatewayError)
TIMETABLE = (
    tasks.expire_orders,
    tasks.handle_waiting,
    tasks.send_due,
    tasks.reconcile_payments,
    send_waiting,
)
LONGER_THAN_ANY_PAUSE = timedelta(hours=7)


class World:
    """What is in the database before stays as it was: `close` undoes all that happened.

    `refusals` are those of rooms above payment, which a step may meet as well.
    """

    def __init__(self, refusals: tuple[type[Exception], ...] = ()):
        self.handed_on, self.refusals = [], (*REFUSALS, *refusals)
        self.stripe = StripeInMemory(clock=timezone.now)
        mail.outbox.clear()
        self.parts = ExitStack()
        self.parts.enter_context(transaction.atomic())
        self.parts.callback(transaction.set_rollback, True)
        patches = self.parts.enter_context(pytest.MonkeyPatch.context())
        self.stripe.put_in_place(patches)
        patches.setattr(Task, "apply_async", self.keep_for_worker())
        self.clock = self.parts.enter_context(time_machine.travel(NOW, tick=False))

    def close(self) -> None:
        self.parts.close()

    def keep_for_worker(self):
        def apply_async(task, args=(), kwargs=None, **_):
            self.handed_on.append((task, args))

        return apply_async

    @contextmanager
    def step(self):
        """One request or task, refused or not; what it committed is handed on to the worker."""
        with suppress(*self.refusals), TestCase.captureOnCommitCallbacks(execute=True):
            yield

    def later(self, much: timedelta) -> None:
        self.clock.shift(much)

    def receive(self, number: int) -> None:
        with self.step():
            receive_event(payload=self.stripe.events[number], signature="")

    def work(self, number: int = 0) -> None:
        """The worker takes the task of that place in its queue."""
        task, args = self.handed_on.pop(number)
        self.run(task, *args)

    def run(self, task, *args) -> None:
        with self.step():
            task(*args)

    def lead_to_the_end(self) -> None:
        """Stripe is well, whoever was about to do something has done it or gone away, and the
        timetable runs longer than any pause."""
        self.stripe.be_well()
        for name, intent in list(self.stripe.intents.items()):
            if intent.status == "processing":
                self.stripe.pay(name, among=["processing"])
        for _ in range(3):
            self.later(LONGER_THAN_ANY_PAUSE)
            for task in TIMETABLE:
                self.run(task)
            while self.handed_on:
                self.work()
            for name, (_, refund) in list(self.stripe.refunds.items()):
                if refund.status == "pending":
                    self.stripe.finish_refund(name, "succeeded")

    def assert_nothing_is_left_to_do(self) -> None:
        assert not Order.objects.filter(consignments__state="awaiting_payment").exists()
        assert not Refund.objects.filter(state="pending").exists()
        assert not Message.objects.filter(sent_at=None).exists()
        assert not StripeEvent.objects.filter(handled_at=None).exists()
        assert not [i for i in self.stripe.intents.values() if i.status in (*OPEN, "processing")]
        last = Reconciliation.objects.order_by("pk").last()
        assert (last.problem, last.healed) == ("", [])

    def assert_both_sides_agree(self) -> None:
        """Stripe's money is known to the fen, order by order."""
        found, ours = books(), {p.intent_id: p for p in Payment.objects.exclude(intent_id=None)}
        for name, intent in self.stripe.intents.items():
            account = found.get(intent.metadata["order"], {}).get(BUYERS, 0)
            assert self.stripe.left_of(name) == -account
            assert (intent.status == "succeeded") == (name in ours and ours[name].has_money)
        for payment in ours.values():
            sent_off = payment.order.consignments.filter(state__in=["expired", "cancelled"])
            if payment.state == "late":
                assert sent_off.exists()
        failed = {str(r.pk) for r in Refund.objects.filter(state="failed")}
        again = {token.removeprefix("again-") for token in tokens()}
        left = Finding.objects.filter(closed_at=None).values_list("kind", "subject")
        assert set(left) == {("refund_failed", key) for key in failed - again}

    def states(self) -> list[str]:
        """In which state everything that happened has ended, a row each."""
        parcels = Consignment.objects.values_list("state", flat=True)
        payments = Payment.objects.values_list("state", flat=True)
        refunds = Refund.objects.values_list("state", flat=True)
        return [
            *(f"parcel {state}" for state in parcels),
            *(f"payment {state}" for state in payments),
            *(f"refund {state}" for state in refunds),
        ]

    def assert_exact(self, at_first) -> None:
        assert_money_and_stock_are_exact(self.stripe, at_first)


def tokens() -> list[str]:
    return list(Refund.objects.values_list("token", flat=True))
