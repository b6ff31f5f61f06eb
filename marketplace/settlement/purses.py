"""How much of what the ledger owes a cooperative can be paid to it now, and why not the rest.

Payable is what belongs to parcels that are delivered, less what went back or is about to, less
what was paid out or is about to be. It is counted from the other side: the balance of the ledger,
less what belongs to parcels that have not arrived, so that only open parcels are read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from marketplace.ledger.models import Entry
from marketplace.money import FEN, NOTHING
from marketplace.order.models import Consignment, Line, OrderLineDiscount
from marketplace.order.states import State
from marketplace.payment.models import Payment, Refund, RefundPart
from marketplace.payment.posting import fee_of, market_shares
from marketplace.settlement.columns import OURS
from marketplace.settlement.models import OPEN, Payout

MAKER = "partner__cooperative"
TO_SEND, UNDER_WAY = (State.PAID, State.PACKED), (State.SHIPPED,)
Sums = dict[int, Decimal]
PAID = Payment.State.SUCCEEDED


@dataclass(frozen=True)
class Purse:
    """Yuan of one cooperative. `going_back` is on its way to buyers, `proposed` is in a payout
    that is not paid yet; below zero `payable` is what refunds took after it was paid out."""

    balance: Decimal = NOTHING
    to_send: Decimal = NOTHING
    under_way: Decimal = NOTHING
    going_back: Decimal = NOTHING
    proposed: Decimal = NOTHING

    @property
    def payable(self) -> Decimal:
        waiting = self.to_send + self.under_way + self.going_back
        return self.balance - waiting - self.proposed

    @property
    def owes(self) -> Decimal:
        """What later sales make good before anything is payable again."""
        return max(-self.payable, NOTHING)


def read_purse(holder: int) -> Purse:
    return read_purses([holder])[holder]


def read_purses(holders: Collection[int]) -> dict[int, Purse]:
    """By the cooperatives' keys, in the same number of queries for any number of them."""
    balances = read_balances(holders)
    to_send = read_parcels(of(holders).filter(state__in=TO_SEND))
    under_way = read_parcels(of(holders).filter(state__in=UNDER_WAY))
    going_back = read_going_back(holders)
    open_payouts = Payout.objects.filter(cooperative__in=holders, state__in=OPEN).order_by()
    proposed = summed(open_payouts.values_list("cooperative").annotate(Sum("amount")))
    parts = (balances, to_send, under_way, going_back, proposed)
    return {holder: Purse(*(part.get(holder, NOTHING) for part in parts)) for holder in holders}


def of(holders: Collection[int]) -> QuerySet[Consignment]:
    """Parcels whose money came in time."""
    return Consignment.objects.filter(partner__cooperative__in=holders, order__payment__state=PAID)


def read_balances(holders: Collection[int]) -> Sums:
    sums: Sums = defaultdict(Decimal)
    for side, sign in (("taker", 1), ("giver", -1)):
        ours = {f"{side}__kind__in": OURS, f"{side}__holder__in": holders}
        rows = Entry.objects.filter(**ours).order_by().values_list(f"{side}__holder")
        for holder, amount in rows.annotate(Sum("amount")):
            sums[holder] += sign * amount
    return in_fen(sums)


def read_parcels(parcels: QuerySet[Consignment]) -> Sums:
    """What is left of these parcels' goods and delivery: paid, by buyers and by the market, less
    the fee, less what went back or is about to."""
    lines = Line.objects.filter(consignment__in=parcels).order_by()
    fees = parcels.order_by().values_list(MAKER).annotate(left=Sum(F("fee") - F("fee_refunded")))
    goods = lines.values_list(f"consignment__{MAKER}").annotate(
        left=Sum(F("line_price_incl_tax") - F("refunded"))
    )
    return add_up(summed(goods), summed(fees), read_shares(parcels), read_market_fees(lines))


def read_shares(parcels: QuerySet[Consignment]) -> Sums:
    """What the market bears of these parcels' goods, less what it got back or is about to."""
    shares = OrderLineDiscount.objects.filter(
        line__consignment__in=parcels, order_discount__cooperative=None
    )
    back = RefundPart.objects.filter(line__consignment__in=parcels).exclude(
        refund__state=Refund.State.FAILED
    )
    maker = f"line__consignment__{MAKER}"
    came = summed(shares.order_by().values_list(maker).annotate(Sum("amount")))
    went = summed(back.order_by().values_list(maker).annotate(left=Sum(F("fee") - F("promotion"))))
    return add_up(came, went)


def read_market_fees(lines: QuerySet[Line]) -> Sums:
    """The market's fee on lines that have one, as a loss; what was given back is in the shares."""
    charged = list(lines.filter(fee_rate__gt=0).select_related("consignment__partner"))
    shares = market_shares(charged) if charged else {}
    sums: Sums = defaultdict(Decimal)
    for line in charged:
        fee = fee_of(line, shares.get(line.pk, NOTHING))
        sums[line.consignment.partner.cooperative_id] -= fee
    return sums


def read_going_back(holders: Collection[int]) -> Sums:
    """Refunds that the buyers do not have yet, and what is left of cancelled orders since a
    refund has failed."""
    parts = RefundPart.objects.filter(refund__state=Refund.State.PENDING).annotate(
        maker=Coalesce(f"line__consignment__{MAKER}", f"consignment__{MAKER}")
    )
    pending = parts.filter(maker__in=holders).order_by().values_list("maker")
    sums = summed(pending.annotate(left=Sum(F("amount") + F("promotion") - F("fee"))))
    stuck = Q(state=State.CANCELLED, order__payment__refunded__lt=F("order__payment__amount"))
    return add_up(sums, read_parcels(of(holders).filter(stuck)))


def summed(rows: Iterable[tuple[int, Decimal]]) -> Sums:
    return in_fen(dict(rows))


def add_up(*parts: Sums) -> Sums:
    sums: Sums = defaultdict(Decimal)
    for part in parts:
        for holder, amount in part.items():
            sums[holder] += amount
    return sums


def in_fen(sums: Sums) -> Sums:
    """SQLite adds in floating point."""
    return {holder: amount.quantize(FEN) for holder, amount in sums.items()}
