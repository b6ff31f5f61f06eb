"""How much of a payment, a line, a parcel's delivery is given back or about to be."""

from collections.abc import Sequence

from django.db.models import F

from marketplace.money import to_the_fen
from marketplace.order.models import Consignment, Line
from marketplace.order.services import hold_consignments
from marketplace.payment.models import Payment, RefundPart


def count_back(payment: Payment, parts: Sequence[RefundPart], sign: int) -> None:
    """Count the parts as given back (1), or no longer so (-1).

    The order's parcels are locked before its lines, as by whoever sends them: the other way
    round a refund and a parcel that leaves would wait for each other.
    """
    list(hold_consignments(payment.order.consignments.values("pk")))
    for part in parts:
        if part.line_id:
            lines = Line.objects.filter(pk=part.line_id)
            lines.update(refunded=to_the_fen(F("refunded") + sign * part.amount))
        elif part.consignment_id:
            parcels = Consignment.objects.filter(pk=part.consignment_id)
            parcels.update(fee_refunded=to_the_fen(F("fee_refunded") + sign * part.amount))
    payment.refunded += sign * sum(part.amount for part in parts)
    payment.save(update_fields=["refunded"])
