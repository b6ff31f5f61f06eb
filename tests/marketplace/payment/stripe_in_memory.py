"""Stripe as one object in this process: its money is exact, and it fails when it is told to.

It speaks the gateway's functions; `put_in_place` makes the shop call it. What happens at Stripe
without the shop (a person pays, a bank sends money back) are its other methods.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import wraps
from itertools import count

import pytest

from marketplace.payment import gateway
from marketplace.payment.gateway import Event, GatewayDown, GatewayRefused, Intent, Refund
from tests.marketplace.buying import NOW

OPEN = ("requires_payment_method", "requires_action")
LOST = ("failed", "canceled")
PAID = "payment_intent.succeeded"


def answer(method):
    """A call from the shop, one at a time: answered, refused for our key, or answered in vain."""

    @wraps(method)
    def called(self, *args, **kwargs):
        with self.lock:
            if self.down:
                raise GatewayDown("no answer")
            if self.refuses_our_key:
                raise GatewayRefused("Invalid API Key", "invalid_request_error")
            answered = method(self, *args, **kwargs)
            if self.answers_to_lose:
                self.answers_to_lose -= 1
                raise GatewayDown("the answer was lost")
            return answered

    return called


class StripeInMemory:
    CALLS = (
        "create_intent",
        "confirm_redirect",
        "fetch_intent",
        "fetch_method",
        "cancel_intent",
        "create_refund",
        "fetch_refund",
        "list_intents",
        "list_refunds",
        "list_events",
    )

    def __init__(self, clock: Callable[[], datetime] = lambda: NOW):
        self.clock, self.lock, self.numbers = clock, threading.RLock(), count(1)
        self.intents: dict[str, Intent] = {}
        self.refunds: dict[str, tuple[datetime, Refund]] = {}
        self.events: list[Event] = []
        self.keys: dict[str, tuple[object, object]] = {}
        self.refunds_arrive = True
        self.be_well()

    def be_well(self) -> None:
        self.down, self.refuses_our_key, self.answers_to_lose = False, False, 0

    def put_in_place(self, patches: pytest.MonkeyPatch) -> None:
        """The gateway is this Stripe until the patches are undone, together with whatever a test
        patches after it."""
        for name in self.CALLS:
            patches.setattr(gateway, name, getattr(self, name))
        patches.setattr(gateway, "parse_event", lambda event, _: event)

    @answer
    def create_intent(self, *, amount, order_number, description, idempotency_key) -> Intent:
        def make() -> Intent:
            about, moment = {"order": order_number}, self.clock()
            name = f"pi_{next(self.numbers)}"
            return Intent(name, "requires_payment_method", amount, "cny", "", about, "", moment)

        made = self.once(idempotency_key, (amount, order_number, description), make)
        self.intents.setdefault(made.id, made)
        return made

    @answer
    def confirm_redirect(self, *, intent_id, method, return_url) -> str:
        if self.intents[intent_id].status not in OPEN:
            return return_url
        self.change(intent_id, status="requires_action", error="")
        return f"https://stripe.test/{intent_id}"

    @answer
    def fetch_intent(self, intent_id) -> Intent:
        if intent_id not in self.intents:
            raise GatewayRefused("No such intent", "resource_missing")
        return self.intents[intent_id]

    @answer
    def fetch_method(self, charge_id) -> str:
        return "alipay"

    @answer
    def cancel_intent(self, intent_id) -> Intent:
        if self.intents[intent_id].status in OPEN:
            self.change(intent_id, status="canceled")
        return self.intents[intent_id]

    @answer
    def create_refund(self, *, intent_id, amount, order_number, reference, idempotency_key):
        about = {"order": order_number, "refund": reference}
        asked = (intent_id, amount, order_number, reference)
        return self.once(idempotency_key, asked, lambda: self.give_back(intent_id, amount, about))

    @answer
    def fetch_refund(self, refund_id) -> Refund:
        if refund_id not in self.refunds:
            raise GatewayRefused("No such refund", "resource_missing")
        return self.refunds[refund_id][1]

    @answer
    def list_intents(self, *, since) -> Iterator[Intent]:
        return iter([i for i in reversed(self.intents.values()) if i.created >= since])

    @answer
    def list_refunds(self, *, since, intent_id="") -> Iterator[Refund]:
        made = [refund for moment, refund in self.refunds.values() if moment >= since]
        return iter([r for r in reversed(made) if intent_id in ("", r.intent_id)])

    @answer
    def list_events(self, *, since, kinds: Sequence[str] = ()) -> Iterator[Event]:
        told = [e for e in reversed(self.events) if e.created >= since]
        return iter([e for e in told if not kinds or e.type in kinds])

    def once(self, key, asked, make):
        """What was answered to the key first is answered to it for ever."""
        if key not in self.keys:
            self.keys[key] = (asked, make())
        before, made = self.keys[key]
        if before != asked:
            raise GatewayRefused("This key was used for another request.", "idempotency_error")
        return made

    def change(self, intent_id: str, **changes) -> None:
        self.intents[intent_id] = replace(self.intents[intent_id], **changes)

    def pay(self, intent_id: str, among: Sequence[str] = ("requires_action",)) -> bool:
        """A person pays; False when the page is not open any more."""
        with self.lock:
            if self.intents[intent_id].status not in among:
                return False
            charge = f"ch_{next(self.numbers)}"
            self.change(intent_id, status="succeeded", error="", charge_id=charge)
            self.tell(PAID, {"id": intent_id, "object": "payment_intent"})
            return True

    def become(self, intent_id: str, status: str, error: str = "") -> None:
        """An open intent is declined, or in the hands of a slow bank."""
        with self.lock:
            if self.intents[intent_id].status == "requires_action":
                self.change(intent_id, status=status, error=error)

    def give_back(self, intent_id: str, amount: Decimal, about: dict) -> Refund:
        """Also what somebody does at Stripe's own pages, then without our metadata."""
        with self.lock:
            if not self.left_of(intent_id):
                raise GatewayRefused("Nothing is left.", "charge_already_refunded")
            if amount > self.left_of(intent_id):
                raise GatewayRefused("So much is not left.", "invalid_request_error")
            status = "succeeded" if self.refunds_arrive else "pending"
            made = Refund(f"re_{next(self.numbers)}", intent_id, amount, "cny", status, "", about)
            self.refunds[made.id] = (self.clock(), made)
            self.tell("refund.created", wire(made))
            return made

    def finish_refund(self, refund_id: str, status: str) -> None:
        """The buyer's bank has the money, or sends it back, which it may do later too."""
        with self.lock:
            moment, refund = self.refunds[refund_id]
            if refund.status == status or refund.status in LOST:
                return
            reason = "declined" if status == "failed" else ""
            ended = replace(refund, status=status, reason=reason)
            self.refunds[refund_id] = (moment, ended)
            self.tell("refund.failed" if reason else "refund.updated", wire(ended))

    def left_of(self, intent_id: str) -> Decimal:
        """What the market has of the intent's money, in yuan."""
        intent = self.intents[intent_id]
        paid = intent.amount if intent.status == "succeeded" else Decimal("0.00")
        return paid - sum(r.amount for r in self.refunds_of(intent_id) if r.status not in LOST)

    def refunds_of(self, intent_id: str) -> list[Refund]:
        return [r for _, r in self.refunds.values() if r.intent_id == intent_id]

    def tell(self, kind: str, thing: dict) -> None:
        number, moment = f"evt_{next(self.numbers)}", self.clock().astimezone(UTC)
        payload = {"id": number, "type": kind, "data": {"object": thing}}
        self.events.append(Event(number, kind, "", moment, None, None, payload))


def wire(refund: Refund) -> dict:
    """The refund as Stripe writes it in its messages, in fen."""
    return {
        "id": refund.id,
        "object": "refund",
        "payment_intent": refund.intent_id,
        "amount": int(refund.amount * 100),
        "currency": refund.currency,
        "status": refund.status,
        "failure_reason": refund.reason or None,
        "metadata": refund.metadata,
    }
