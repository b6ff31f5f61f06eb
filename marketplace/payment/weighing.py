"""Packing what is sold by weight: the buyer pays for what is in the parcel and no more."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.accounts.models import User
from marketplace.localised import listing
from marketplace.order.models import Consignment, Line
from marketplace.order.services import Packing, pack
from marketplace.order.weighing import owed_back
from marketplace.payment.models import Payment, Refund
from marketplace.payment.refunds import Request, Wish, request_refund


@transaction.atomic
def pack_and_settle(
    *, consignment: Consignment, packing: Packing, by: User | None, now: datetime
) -> Refund | None:
    """Pack a parcel and give back what it weighs less than was paid for, once; or neither.

    The payment is locked before the parcel, as whoever refunds or cancels does. Raises
    MoveRefused, PackingRefused, RefundRefused.
    """
    payment = Payment.objects.filter(order=consignment.order_id).first()
    if payment:
        Payment.objects.hold(payment.pk)
    packed = pack(consignment=consignment, packing=packing, by=by, now=now)
    owed = {line: owed_back(line) for line in packed.lines.order_by("pk")}
    wish = Wish({line.pk: amount for line, amount in owed.items() if amount}, {})
    if payment is None or not wish.lines:
        return None
    light = [line for line, amount in owed.items() if amount]
    reason = reason_of(light, packed.order.language)
    request = Request(token=f"weight-{packed.pk}", reason=reason, by=by)
    return request_refund(payment_id=payment.pk, wish=wish, request=request, now=now)


def reason_of(lines: Iterable[Line], language: str) -> str:
    """What the buyer reads beside the refund."""
    with override(language):
        weights = listing(f"{line.title_text} {line.weighed_grams} g" for line in lines)
        return (_("Settled on the real weight: %(weights)s") % {"weights": weights})[:200]
