"""Sending refunds to Stripe, and ending them by what Stripe says of them."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from marketplace.order.notices import Notice, write_notice
from marketplace.payment import gateway, posting
from marketplace.payment.findings import note_finding
from marketplace.payment.gateway import GatewayDown, GatewayRefused
from marketplace.payment.models import Finding, Payment, Refund
from marketplace.payment.refunds.counting import count_back

log = logging.getLogger(__name__)
AT_MOST = 200
ENDED_BADLY = ("failed", "canceled")


def send_refund(*, refund_id: int, now: datetime) -> None:
    """Ask Stripe to give the money back, or what became of it; nothing when it is not due.

    It fails only when Stripe refuses to make it. As long as Stripe does not say whether it was
    made before, nothing is concluded: it is due again after a pause that grows. Raises
    GatewayDown.
    """
    refund = Refund.objects.select_related("payment__order").get(pk=refund_id)
    if not Refund.objects.take(refund, now):
        return
    try:
        sent = sent_before(refund)
    except GatewayRefused as refusal:
        log.error("Nothing is known of refund %s: %s", refund_id, refusal)
        return
    try:
        sent = sent or send(refund)
    except GatewayRefused as refusal:
        log.error("Refund %s was refused: %s", refund_id, refusal)
        end_refused(refund_id, refusal.code or "refused", now)
        return
    record_refund(refund_id=refund_id, sent=sent, now=now)


def sent_before(refund: Refund) -> gateway.Refund | None:
    """What Stripe has of it already. Idempotency keys are forgotten after a day, so a refund
    that may have been sent is looked for before it is sent again."""
    if refund.stripe_id:
        return gateway.fetch_refund(refund.stripe_id)
    if refund.attempts == 0:
        return None
    since = refund.created_at - timedelta(minutes=10)
    for sent in gateway.list_refunds(since=since, intent_id=refund.payment.intent_id):
        if sent.metadata.get("refund") == refund.token:
            return sent
    return None


def send(refund: Refund) -> gateway.Refund:
    number = refund.payment.order.number
    return gateway.create_refund(
        intent_id=refund.payment.intent_id,
        amount=refund.amount,
        order_number=number,
        reference=refund.token,
        idempotency_key=f"refund-{number}-{refund.pk}",
    )


def hear_of_refund(*, told: gateway.Refund, now: datetime) -> bool:
    """Act on a refund that Stripe tells of; True when that changed one of ours.

    What is told is only a hint: Stripe is asked. One that nobody made here, of a payment of
    ours, is for a person to look at. Raises GatewayDown or GatewayRefused.
    """
    token = told.metadata.get("refund")
    ours = Refund.objects.filter(Q(stripe_id=told.id) | Q(stripe_id=None, token=token)).first()
    if ours:
        sent = gateway.fetch_refund(told.id)
        if sent.status == "succeeded" and ours.state == Refund.State.FAILED:
            number = ours.payment.order.number
            note_finding(Finding.Kind.REFUND_DIFFERS, sent.id, now, number, sent.amount)
        return record_refund(refund_id=ours.pk, sent=sent, now=now)
    payment = Payment.objects.filter(intent_id=told.intent_id).select_related("order").first()
    if payment and told.status not in ENDED_BADLY:
        number = payment.order.number
        note_finding(Finding.Kind.UNKNOWN_REFUND, told.id, now, number, told.amount)
    return False


@transaction.atomic
def record_refund(*, refund_id: int, sent: gateway.Refund, now: datetime) -> bool:
    """Note what Stripe says of a refund, in any order and as often as it says it; whether that
    was news.

    It only moves forward: from its way to the buyer or to a failure; and from the buyer to a
    failure when the bank sends the money back.
    """
    refund = hold_refund(refund_id)
    order = refund.payment.order
    if (sent.amount, sent.intent_id) != (refund.amount, refund.payment.intent_id):
        note_finding(Finding.Kind.REFUND_DIFFERS, sent.id, now, order.number, sent.amount)
        return False
    before = refund.state
    if refund.stripe_id is None:
        refund.stripe_id = sent.id
        refund.save(update_fields=["stripe_id"])
    if sent.status == "succeeded" and refund.state == Refund.State.PENDING:
        end(refund, Refund.State.SUCCEEDED, now)
        posting.post_refund(refund)
        tell(refund, Notice.REFUNDED)
    elif sent.status in ENDED_BADLY:
        fail(refund, sent.reason or sent.status, now)
    return refund.state != before


@transaction.atomic
def end_refused(refund_id: int, code: str, now: datetime) -> None:
    fail(hold_refund(refund_id), code, now)


def fail(refund: Refund, code: str, now: datetime) -> None:
    """The money is with us: it can be refunded again, a person and the buyer are told."""
    if refund.state == Refund.State.FAILED:
        return
    if refund.state == Refund.State.SUCCEEDED:
        posting.undo_refund(refund, now)
    refund.failure = code[:80]
    end(refund, Refund.State.FAILED, now)
    count_back(refund.payment, list(refund.parts.all()), -1)
    number = refund.payment.order.number
    note_finding(Finding.Kind.REFUND_FAILED, str(refund.pk), now, number, refund.amount)
    tell(refund, Notice.REFUND_FAILED)


def end(refund: Refund, state: Refund.State, now: datetime) -> None:
    refund.state, refund.settled_at = state, now
    refund.save(update_fields=["state", "settled_at", "failure"])


def tell(refund: Refund, notice: Notice) -> None:
    order = refund.payment.order
    write_notice(order=order, notice=notice, about=str(refund.pk), amount=refund.amount)


def hold_refund(refund_id: int) -> Refund:
    """The refund as it is now, and its payment, which is locked first."""
    payment = Payment.objects.hold(
        Refund.objects.values_list("payment", flat=True).get(pk=refund_id)
    )
    refund = Refund.objects.get(pk=refund_id)
    refund.payment = payment
    return refund


def send_due(*, now: datetime) -> int:
    """Send what is due and ask after what is on its way, oldest first; returns how many.

    While Stripe is down the round ends: the others would only wait for it too.
    """
    due = list(Refund.objects.due(now).order_by("pk").values_list("pk", flat=True)[:AT_MOST])
    for done, refund_id in enumerate(due):
        try:
            send_refund(refund_id=refund_id, now=now)
        except GatewayDown:
            return done
    return len(due)
