"""For how much a cooperative sold, with which its records are compared."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from catalog.assistance.models import Agreement
from catalog.assistance.services.sold import Sold, SoldBetween
from marketplace.dashboard.overview.sales import SOLD
from marketplace.money import FEN, NOTHING
from marketplace.months import start_of
from marketplace.order.models import ConsignmentStep, Line
from marketplace.order.states import State

DAY = timedelta(days=1)


def sold_under(agreement: Agreement) -> SoldBetween:
    """What its cooperative sold between two days of Beijing, both counted."""
    return partial(sold_between, agreement)


def sold_between(agreement: Agreement, begins_on: date, ends_on: date) -> Sold:
    """Yuan for parcels that were paid on these days and not given up, less what went back or is
    about to; delivery is not counted. A line is of the specialty that it was sold as."""
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
    ).annotate(sold_as=Coalesce("specialty", "product__parent__specialty"))
    money = Sum(F("line_price_incl_tax") - F("refunded"))
    goods = Q(sold_as=agreement.specialty_id) if agreement.specialty_id else Q()
    found = lines.aggregate(
        everything=money,
        goods=Sum(F("line_price_incl_tax") - F("refunded"), filter=goods) if goods else money,
    )
    return Sold(in_fen(found["goods"]), in_fen(found["everything"]))


def in_fen(money: Decimal | None) -> Decimal:
    return Decimal(money or NOTHING).quantize(FEN)
