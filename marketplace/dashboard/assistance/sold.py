"""For how much a cooperative sold, with which its records are compared."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Sum

from catalog.assistance.models import Agreement, Record
from marketplace.dashboard.days import start_of
from marketplace.dashboard.overview.sales import SOLD
from marketplace.money import FEN, NOTHING
from marketplace.order.models import ConsignmentStep, Line
from marketplace.order.states import State

DAY = timedelta(days=1)


def sold_of(agreement: Agreement, begins_on: date, ends_on: date) -> Decimal:
    """Yuan for the agreement's goods in parcels that were paid on these days in Beijing and not
    given up, less what went back or is about to; delivery is not counted."""
    paid = ConsignmentStep.objects.filter(
        consignment=OuterRef("consignment"),
        state=State.PAID,
        at__gte=start_of(begins_on),
        at__lt=start_of(ends_on + DAY),
    )
    lines = Line.objects.filter(
        Exists(paid),
        consignment__state__in=SOLD,
        consignment__partner__cooperative=agreement.cooperative_id,
    )
    if agreement.specialty_id:
        lines = lines.filter(product__parent__specialty=agreement.specialty_id)
    money = lines.aggregate(sum=Sum(F("line_price_incl_tax") - F("refunded")))["sum"]
    return Decimal(money or NOTHING).quantize(FEN)


def sold_for(record: Record) -> Decimal:
    return sold_of(record.agreement, record.begins_on, record.ends_on)
