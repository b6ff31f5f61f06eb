"""What the ledger is told of payments and refunds.

A buyer pays the cooperatives for goods and for delivery; what the market took off as an offer or
a voucher it adds, so that a cooperative has what its goods cost but for its own discounts. Of
that the market takes its fee at the rate of the sale, which is nothing unless a line says so. A
refund goes the same ways back.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from django.db.models import Sum

from marketplace.ledger.models import Account
from marketplace.ledger.services import Move, Place, post, post_reverse
from marketplace.money import FEN, NOTHING
from marketplace.order.models import Consignment, Line, OrderLineDiscount
from marketplace.payment.models import Payment, Refund, RefundPart

BUYERS = Place(Account.Kind.BUYERS)
PROMOTION = Place(Account.Kind.PROMOTION)
LATE = Place(Account.Kind.LATE)
FEE = Place(Account.Kind.FEE)


def post_money(payment: Payment) -> bool:
    """What came, as of when it came; False when it was posted before."""
    if payment.state == Payment.State.LATE:
        return post_late_money(payment)
    return post_payment(payment)


def post_payment(payment: Payment) -> bool:
    """Raises ArithmeticError when lines and delivery do not sum to what was paid."""
    order = payment.order
    consignments = list(order.consignments.select_related("partner"))
    lines = list(order.lines.select_related("consignment__partner"))
    shares = market_shares(lines)
    moves = [move for line in lines for move in sale_of(line, shares.get(line.pk, NOTHING))]
    moves += [Move(BUYERS, freight_of(parcel), parcel.fee) for parcel in consignments]
    check_sum(payment.amount, (move.amount for move in moves if move.giver == BUYERS))
    event, at = f"paid:{order.number}", payment.settled_at
    return post(event=event, reference=order.number, moves=moves, at=at)


def post_late_money(payment: Payment) -> bool:
    number = payment.order.number
    moves = [Move(BUYERS, LATE, payment.amount)]
    return post(event=f"late:{number}", reference=number, moves=moves, at=payment.settled_at)


def post_refund(refund: Refund) -> bool:
    parts = refund.parts.select_related("line__consignment__partner", "consignment__partner")
    moves: list[Move] = []
    for part in parts:
        if part.line:
            goods = goods_of(part.line)
            moves += [Move(goods, BUYERS, part.amount), *market_part_back(part)]
        elif part.consignment:
            moves.append(Move(freight_of(part.consignment), BUYERS, part.amount))
        else:
            moves.append(Move(LATE, BUYERS, part.amount))
    check_sum(refund.amount, (move.amount for move in moves if move.taker == BUYERS))
    number = refund.payment.order.number
    event, at = f"refund:{refund.pk}", refund.settled_at
    return post(event=event, reference=number, moves=moves, at=at)


def take_promotion_back(payment: Payment, parts: Iterable[RefundPart], at: datetime) -> None:
    """What the market bore of a cancelled order's goods, where no money goes back with it."""
    number = payment.order.number
    moves = [move for part in parts if part.line for move in market_part_back(part)]
    post(event=f"cancelled:{number}", reference=number, moves=moves, at=at)


def undo_refund(refund: Refund, at: datetime) -> None:
    """The money of a refund that had arrived came back."""
    post_reverse(event=f"refund_failed:{refund.pk}", of=f"refund:{refund.pk}", at=at)


def market_shares(lines: Iterable[Line]) -> dict[int, Decimal]:
    """Yuan by line of what offers and vouchers took off that no cooperative bears."""
    rows = OrderLineDiscount.objects.filter(line__in=lines, order_discount__cooperative=None)
    return dict(rows.order_by().values_list("line").annotate(Sum("amount")))


def sale_of(line: Line, share: Decimal) -> list[Move]:
    goods = goods_of(line)
    return [
        Move(BUYERS, goods, line.line_price_incl_tax),
        Move(PROMOTION, goods, share),
        Move(goods, FEE, fee_of(line, share)),
    ]


def fee_of(line: Line, share: Decimal) -> Decimal:
    """Of what a cooperative gets for the line, market's share included, rounded down to the fen."""
    return ((line.line_price_incl_tax + share) * line.fee_rate).quantize(FEN, ROUND_DOWN)


def market_part_back(part: RefundPart) -> list[Move]:
    """What the market bore of a line it gets back, what it took as a fee it gives back."""
    goods = goods_of(part.line)
    return [Move(goods, PROMOTION, part.promotion), Move(FEE, goods, part.fee)]


def goods_of(line: Line) -> Place:
    return Place(Account.Kind.COOPERATIVE, line.consignment.partner.cooperative_id)


def freight_of(consignment: Consignment) -> Place:
    return Place(Account.Kind.FREIGHT, consignment.partner.cooperative_id)


def check_sum(whole: Decimal, parts: Iterable[Decimal]) -> None:
    total = sum(parts, NOTHING)
    if total != whole:
        raise ArithmeticError(f"{total} is not {whole}")
