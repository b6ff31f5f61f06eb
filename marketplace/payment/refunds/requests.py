"""Writing down what is to be given back, bounded by what was paid."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.money import FEN, NOTHING
from marketplace.order.models import Line
from marketplace.payment.findings import close
from marketplace.payment.models import Finding, Payment, Refund, RefundPart
from marketplace.payment.posting import fee_of, market_shares, take_promotion_back
from marketplace.payment.refunds import tasks
from marketplace.payment.refunds.counting import count_back


class RefundRefused(Exception):
    """Nothing is refunded; `words` say why in the reader's language."""

    @property
    def words(self) -> str:
        return _("So much was not paid for this, or it was refunded meanwhile. Please look again.")


class Wish(NamedTuple):
    """Yuan to give back: for lines by their keys, for the delivery of parcels by theirs."""

    lines: Mapping[int, Decimal]
    fees: Mapping[int, Decimal]


class Request(NamedTuple):
    """What is wished for, why and by whom; `by` is None for the buyer and for the market itself.

    The same token is the same wish, however often it is sent.
    """

    token: str
    reason: str
    by: User | None


@transaction.atomic
def request_refund(*, payment_id: int, wish: Wish, request: Request, now: datetime) -> Refund:
    """Write down a refund and have it sent after the commit.

    Raises RefundRefused when more is wished for than is left of a line, a parcel's delivery or
    the payment, or nothing at all.
    """
    payment = Payment.objects.hold(payment_id)
    if made := Refund.objects.filter(token=request.token).first():
        return made
    return write_refund(payment, parts_of(payment, wish), Refund.Kind.PARTS, request, now)


def refund_everything(*, payment: Payment, request: Request, now: datetime) -> Refund | None:
    """Refund all that is left of a payment whose order is cancelled; None when nothing is, and
    only the market takes back what it bore of goods that cost the buyer nothing.

    The caller holds the payment.
    """
    order = payment.order
    wish = Wish(
        {line.pk: line.refundable for line in order.lines.all()},
        {parcel.pk: parcel.fee_refundable for parcel in order.consignments.all()},
    )
    parts = parts_of(payment, wish)
    if payment.refundable:
        return write_refund(payment, parts, Refund.Kind.CANCELLED, request, now)
    take_promotion_back(payment, parts, now)
    return None


def refund_late_money(*, payment: Payment, now: datetime) -> Refund:
    """Refund money that came for goods that were given up. The caller holds the payment."""
    parts = [RefundPart(amount=payment.refundable)]
    request = Request(token=f"late-{payment.order.number}", reason="", by=None)
    return write_refund(payment, parts, Refund.Kind.LATE, request, now)


@transaction.atomic
def try_again(*, refund_id: int, by: User, now: datetime) -> Refund:
    """A new refund for the same parts as one that failed, once for each failure.

    Raises RefundRefused when it has not failed, or when other refunds have taken what is left.
    """
    old = Refund.objects.get(pk=refund_id)
    payment = Payment.objects.hold(old.payment_id)
    if made := Refund.objects.filter(again_of=old).first():
        return made
    if old.state != Refund.State.FAILED:
        raise RefundRefused
    parts = [RefundPart(amount=old.amount)]
    if old.kind != Refund.Kind.LATE:
        parts = parts_of(payment, wish_behind(old))
    close(Finding.Kind.REFUND_FAILED, str(old.pk), now, by=by)
    request = Request(token=f"again-{old.pk}", reason=old.reason, by=by)
    return write_refund(payment, parts, Refund.Kind(old.kind), request, now, again_of=old)


def wish_behind(refund: Refund) -> Wish:
    """What the market bears of it is counted anew: other refunds may have come and gone."""
    parts = refund.parts.all()
    return Wish(
        {part.line_id: part.amount for part in parts if part.line_id},
        {part.consignment_id: part.amount for part in parts if part.consignment_id},
    )


def parts_of(payment: Payment, wish: Wish) -> list[RefundPart]:
    """The parts of what is wished for, none of them larger than what is left; RefundRefused."""
    lines = {line.pk: line for line in payment.order.lines.all()}
    parcels = {parcel.pk: parcel for parcel in payment.order.consignments.all()}
    known = wish.lines.keys() <= lines.keys() and wish.fees.keys() <= parcels.keys()
    if payment.state != Payment.State.SUCCEEDED or not known:
        raise RefundRefused
    shares, back = market_shares(lines.values()), counted_back(lines)
    parts = []
    for key, amount in sorted(wish.lines.items()):
        check(amount, lines[key].refundable)
        share, before = shares.get(key, NOTHING), back.get(key, (NOTHING, NOTHING))
        promotion = share_back(lines[key], amount, share, before[0])
        fee = share_back(lines[key], amount, fee_of(lines[key], share), before[1])
        parts.append(RefundPart(line=lines[key], amount=amount, promotion=promotion, fee=fee))
    for key, amount in sorted(wish.fees.items()):
        check(amount, parcels[key].fee_refundable)
        parts.append(RefundPart(consignment=parcels[key], amount=amount))
    return [part for part in parts if part.amount or part.promotion]


def check(amount: Decimal, left: Decimal) -> None:
    if not 0 <= amount <= left or amount != amount.quantize(FEN):
        raise RefundRefused


def counted_back(lines: Mapping[int, Line]) -> dict[int, tuple[Decimal, Decimal]]:
    """Yuan by line of what the market got back already, or is about to, and of its fee that it
    gave back."""
    parts = RefundPart.objects.filter(line__in=lines).exclude(refund__state=Refund.State.FAILED)
    sums = parts.order_by().values_list("line").annotate(Sum("promotion"), Sum("fee"))
    return {line: (promotion, fee) for line, promotion, fee in sums}


def share_back(line: Line, amount: Decimal, share: Decimal, before: Decimal) -> Decimal:
    """What the market bore of a line, and its fee, go back in proportion, the rest with the
    line's last fen."""
    if amount == line.refundable:
        return share - before
    after = share * (line.refunded + amount) / line.line_price_incl_tax
    return max(after.quantize(FEN, ROUND_DOWN) - before, NOTHING)


def write_refund(
    payment: Payment,
    parts: Sequence[RefundPart],
    kind: Refund.Kind,
    request: Request,
    now: datetime,
    *,
    again_of: Refund | None = None,
) -> Refund:
    amount = sum((part.amount for part in parts), NOTHING)
    if not 0 < amount <= payment.refundable:
        raise RefundRefused
    refund = Refund.objects.create(
        payment=payment,
        kind=kind,
        amount=amount,
        created_at=now,
        next_attempt_at=now,
        again_of=again_of,
        **request._asdict(),
    )
    for part in parts:
        part.refund = refund
    RefundPart.objects.bulk_create(parts)
    count_back(payment, parts, 1)
    transaction.on_commit(lambda: tasks.send_refund.delay(refund.pk), robust=True)
    return refund
