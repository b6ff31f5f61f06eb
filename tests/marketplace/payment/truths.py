"""What must be true of money and stock at any moment, whatever has happened until then."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.core import mail
from django.db.models import Sum

from marketplace.ledger.models import Account, Entry
from marketplace.money import NOTHING
from marketplace.order.models import Consignment, Line, Order
from marketplace.order.states import GIVEN_UP, State
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.payment.models import Payment, Refund, RefundPart
from marketplace.payment.posting import market_shares
from marketplace.voucher.models import Voucher, VoucherUse

HELD = (State.AWAITING_PAYMENT, State.PAID, State.PACKED)
SENT = (State.SHIPPED, State.DELIVERED, State.COMPLETED)
BUYERS = (Account.Kind.BUYERS, 0)


def assert_money_and_stock_are_exact(stripe, at_first: Mapping[int, int]) -> None:
    """`at_first` are the packs on the shelf before anything was sold, by stock record."""
    assert_ledger_is_exact()
    assert_refunds_are_counted()
    assert_stripe_agrees(stripe)
    assert_stock_is_exact(at_first)
    assert_voucher_uses_are_those_of_living_orders()
    assert_mails_were_sent_once()


def books() -> dict[str, dict[tuple[str, int], Decimal]]:
    """Yuan by order and account; accounts on which nothing is left are missing."""
    found = defaultdict(lambda: defaultdict(Decimal))
    for entry in Entry.objects.select_related("posting", "giver", "taker"):
        of_order = found[entry.posting.reference]
        of_order[entry.giver.kind, entry.giver.holder] -= entry.amount
        of_order[entry.taker.kind, entry.taker.holder] += entry.amount
    return {
        number: {key: amount for key, amount in accounts.items() if amount}
        for number, accounts in found.items()
    }


def assert_ledger_is_exact(payouts: Collection[str] = ()) -> None:
    """The buyers' account is below zero by what came and did not arrive with them again; and of
    a payment that went back whole nothing is left anywhere. Nothing else is booked than this
    and the payouts of these numbers."""
    assert sum(Entry.objects.balances().values()) == 0
    found = books()
    for payment in Payment.objects.select_related("order").prefetch_related("refunds"):
        arrived = sum((r.amount for r in payment.refunds.all() if r.state == "succeeded"), NOTHING)
        came = payment.amount if payment.has_money else NOTHING
        accounts = found.pop(payment.order.number, {})
        assert accounts.get(BUYERS, NOTHING) == arrived - came
        if came == arrived:
            assert accounts == {}
    assert found.keys() <= set(payouts)


def assert_refunds_are_counted() -> None:
    """What is counted as given back is the sum of the refunds that did not fail."""
    alive = RefundPart.objects.exclude(refund__state="failed").order_by()
    lines = {key: rest for key, *rest in summed(alive, "line", "amount", "promotion")}
    parcels = dict(summed(alive, "consignment", "amount"))
    sums = dict(summed(Refund.objects.exclude(state="failed").order_by(), "payment", "amount"))
    shares = market_shares(Line.objects.all())
    for line in Line.objects.all():
        back, promotion = lines.get(line.pk, (0, 0))
        assert line.refunded == back <= line.line_price_incl_tax
        assert 0 <= promotion <= shares.get(line.pk, 0)
    for parcel in Consignment.objects.all():
        assert parcel.fee_refunded == parcels.get(parcel.pk, 0) <= parcel.fee
    for payment in Payment.objects.all():
        assert payment.refunded == sums.get(payment.pk, 0) <= payment.amount


def summed(rows, by: str, *names: str):
    return rows.exclude(**{by: None}).values_list(by).annotate(*map(Sum, names))


def assert_stripe_agrees(stripe) -> None:
    """What counts as paid is paid there, and a refund exists there once, for the same sum."""
    tokens = Counter(r.metadata.get("refund") for _, r in stripe.refunds.values())
    assert max([n for token, n in tokens.items() if token], default=1) == 1
    for payment in Payment.objects.exclude(settled_at=None):
        intent = stripe.intents[payment.intent_id]
        assert (intent.status, intent.amount) == ("succeeded", payment.amount)
        assert stripe.left_of(payment.intent_id) >= 0
    for refund in Refund.objects.exclude(stripe_id=None):
        there = stripe.refunds[refund.stripe_id][1]
        assert (there.amount, there.metadata["refund"]) == (refund.amount, refund.token)


def assert_stock_is_exact(at_first: Mapping[int, int]) -> None:
    """Packs are held for parcels that will go, and gone with those that went."""
    held, gone = Counter(), Counter()
    for line in Line.objects.select_related("consignment"):
        state = line.consignment.state
        held[line.stockrecord_id] += line.quantity * (state in HELD)
        gone[line.stockrecord_id] += line.quantity * (state in SENT)
        assert line.num_allocated == line.quantity * (state in HELD)
    for record in StockRecord.objects.filter(pk__in=at_first):
        left = at_first[record.pk] - gone[record.pk]
        assert (record.num_in_stock, record.num_allocated) == (left, held[record.pk])


def assert_voucher_uses_are_those_of_living_orders() -> None:
    given_up = Order.objects.filter(consignments__state__in=GIVEN_UP)
    living = Order.objects.exclude(pk__in=given_up)
    for voucher in Voucher.objects.all():
        uses = VoucherUse.objects.filter(voucher=voucher)
        using = living.filter(discounts__voucher_id=voucher.pk)
        assert voucher.uses == uses.count()
        assert set(uses.values_list("order_id", flat=True)) == {order.pk for order in using}


def assert_mails_were_sent_once() -> None:
    """The database refuses a second mail for one event; what was sent is what is noted as sent."""
    assert len(mail.outbox) == Message.objects.exclude(sent_at=None).count()


def stock_now() -> dict[int, int]:
    """Packs on the shelves by stock record."""
    return dict(StockRecord.objects.values_list("pk", "num_in_stock"))
