"""Comparing Stripe's side with ours, both ways: what was missed is made good by the same services
that a message or a return page call; what only a person can decide becomes a Finding.

Safe to run twice and by two workers at once: every step may be repeated, and money moves under
the payment's lock.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from django.db import transaction

from marketplace.ledger.models import Account, Entry
from marketplace.money import NOTHING
from marketplace.payment import gateway, posting
from marketplace.payment.events import REFUNDS, SUCCEEDED, handle_event, keep_event
from marketplace.payment.findings import close, note_finding
from marketplace.payment.gateway import GatewayError, GatewayRefused, Intent
from marketplace.payment.models import Finding, Payment, Reconciliation, Refund, StripeEvent
from marketplace.payment.refunds import hear_of_refund, send_due
from marketplace.payment.services import Outcome, settle

log = logging.getLogger(__name__)
LOOKS_BACK = timedelta(days=3)
OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
Kind = Finding.Kind
ENDED = {
    "succeeded": Refund.State.SUCCEEDED,
    "failed": Refund.State.FAILED,
    "canceled": Refund.State.FAILED,
}
Thing = TypeVar("Thing")


def reconcile(*, now: datetime, looks_back: timedelta = LOOKS_BACK) -> Reconciliation:
    """Compare what happened since `now - looks_back`; the report says what was healed.

    While Stripe does not answer, the report says so and what was done until then stands.
    """
    run = Reconciliation.objects.create(began_at=now, since=now - looks_back)
    try:
        for healed in compare(run, now):
            run.healed.append(healed)
    except GatewayError as problem:
        log.warning("Reconciliation stopped: %s", problem)
        run.problem = str(problem)[:300] or type(problem).__name__
    else:
        run.ended_at = now
    run.save()
    return run


def compare(run: Reconciliation, now: datetime) -> Iterator[list[str]]:
    """Yields what each step healed, as [what, about which]."""
    yield from take_missed_events(run, now)
    seen: set[str] = set()
    for intents in in_hundreds(gateway.list_intents(since=run.since)):
        names = [intent.id for intent in intents]
        run.compared += len(names)
        seen.update(names)
        payments = Payment.objects.filter(intent_id__in=names).select_related("order")
        known = {payment.intent_id: payment for payment in payments}
        for intent in intents:
            yield from compare_intent(intent, known.get(intent.id), now)
    yield from compare_refunds(run, now)
    find_unpaid(run, seen, now)
    yield from compare_ledger(run, now)


def in_hundreds(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """As Stripe's lists come, so that ours are read as seldom as theirs."""
    rest = iter(things)
    while some := list(islice(rest, 100)):
        yield some


def take_missed_events(run: Reconciliation, now: datetime) -> Iterator[list[str]]:
    """Messages that never came are kept and handled as if they had."""
    for events in in_hundreds(gateway.list_events(since=run.since, kinds=[SUCCEEDED, *REFUNDS])):
        names = [told.id for told in events]
        kept = set(
            StripeEvent.objects.filter(event_id__in=names).values_list("event_id", flat=True)
        )
        for told in events:
            if told.id not in kept and take_event(told, now):
                yield ["event", told.id]


def take_event(told: gateway.Event, now: datetime) -> bool:
    event, is_new = keep_event(told)
    if is_new:
        try:
            handle_event(event_pk=event.pk, now=now)
        except GatewayRefused as refusal:
            log.error("Stripe event %s was not handled: %s", event.event_id, refusal)
    return is_new


def compare_intent(intent: Intent, payment: Payment | None, now: datetime) -> Iterator[list[str]]:
    """An intent without our order in its metadata is some other business on the account."""
    number = intent.metadata.get("order", "")
    if payment:
        yield from compare_payment(payment, intent, now)
    elif number and intent.status == "succeeded":
        known = Payment.objects.filter(order__number=number).exists()
        kind = Kind.SECOND_MONEY if known else Kind.UNKNOWN_MONEY
        note_finding(kind, intent.id, now, number, intent.amount)
    elif intent.status in OPEN and is_stray(intent):
        gateway.cancel_intent(intent.id)
        yield ["stray_intent", intent.id]


def is_stray(intent: Intent) -> bool:
    """Made for an order of ours that goes by another intent, or by none and is given up."""
    number = intent.metadata.get("order", "")
    payment = Payment.objects.filter(order__number=number).first()
    if payment is None:
        return False
    if payment.intent_id is None:
        return payment.state == Payment.State.CANCELLED
    return payment.intent_id != intent.id


def compare_payment(payment: Payment, intent: Intent, now: datetime) -> Iterator[list[str]]:
    number = payment.order.number
    if intent.status == "succeeded" and not payment.has_money:
        # As read before the list went on; settle() sees what has happened meanwhile.
        if settle(payment_id=payment.pk, now=now) in (Outcome.PAID, Outcome.LATE):
            yield ["payment", number]
    elif intent.status != "succeeded" and payment.has_money and not is_paid(payment):
        note_finding(Kind.NO_MONEY, number, now, number, payment.amount)
    elif payment.has_money and intent.amount != payment.amount:
        note_finding(Kind.MISMATCH, intent.id, now, number, intent.amount)
    elif intent.status in OPEN and payment.state == Payment.State.CANCELLED:
        gateway.cancel_intent(intent.id)
        yield ["stray_intent", intent.id]


def compare_refunds(run: Reconciliation, now: datetime) -> Iterator[list[str]]:
    """What is on its way is asked after; what Stripe knows and we do not is a finding."""
    for refunds in in_hundreds(gateway.list_refunds(since=run.since)):
        run.compared += len(refunds)
        ours = Refund.objects.filter(stripe_id__in=[told.id for told in refunds])
        states = dict(ours.values_list("stripe_id", "state"))
        for told in refunds:
            as_told = ENDED.get(told.status, Refund.State.PENDING)
            if states.get(told.id) != as_told and hear_of_refund(told=told, now=now):
                yield ["refund", told.id]
    send_due(now=now)


def find_unpaid(run: Reconciliation, seen: set[str], now: datetime) -> None:
    """Payments that count as paid with us although Stripe has no intent of that name."""
    settled = Payment.objects.filter(
        settled_at__gte=run.since, order__date_placed__gte=run.since
    ).select_related("order")
    for payment in settled:
        if payment.intent_id not in seen and not is_paid(payment):
            number = payment.order.number
            note_finding(Kind.NO_MONEY, number, now, number, payment.amount)


def is_paid(payment: Payment) -> bool:
    """Asked for alone, as it may have been made after the list was read."""
    try:
        return gateway.fetch_intent(payment.intent_id or "none").status == "succeeded"
    except GatewayRefused:
        return False


def compare_ledger(run: Reconciliation, now: datetime) -> Iterator[list[str]]:
    """Looks closer, under the payment's lock, only where the sums differ or did so before."""
    found = Finding.objects.filter(kind=Kind.LEDGER, closed_at=None).values("order_number")
    before = Payment.objects.filter(order__number__in=found)
    lately = Payment.objects.settled_since(run.since).unlike_ledger()
    doubtful = {key for rows in (before, lately) for key in rows.values_list("pk", flat=True)}
    for key in sorted(doubtful):
        yield from post_missed(key)
        compare_with_ledger(key, now)


@transaction.atomic
def post_missed(payment_id: int) -> list[list[str]]:
    """Money that the ledger was never told of, as that of orders older than the ledger."""
    payment = Payment.objects.hold(payment_id)
    missed = [posting.post_money(payment)]
    for refund in payment.refunds.filter(state=Refund.State.SUCCEEDED):
        refund.payment = payment
        missed.append(posting.post_refund(refund))
    return [["ledger", payment.order.number]] if any(missed) else []


@transaction.atomic
def compare_with_ledger(payment_id: int, now: datetime) -> None:
    """What the ledger has of a buyer's money is what the payment has, less what went back."""
    payment = Payment.objects.hold(payment_id)
    number = payment.order.number
    balances = Entry.objects.about(number).balances()
    held = -balances.get((Account.Kind.BUYERS, 0), NOTHING)
    back = payment.refunds.filter(state=Refund.State.SUCCEEDED)
    if held == payment.amount - sum((refund.amount for refund in back), NOTHING):
        close(Kind.LEDGER, number, now)
    else:
        note_finding(Kind.LEDGER, number, now, number, held)
