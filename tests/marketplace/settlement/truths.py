"""What must be true of cooperatives' money, parcels and lots at any moment."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from catalog.producers.models import Cooperative
from catalog.traceability.models import Lot
from marketplace.ledger.models import Account, Entry
from marketplace.money import NOTHING
from marketplace.months import end_of, next_month
from marketplace.order.lots import packs_used
from marketplace.order.models import Consignment, Line, LineLot, Order
from marketplace.order.states import GIVEN_UP
from marketplace.order.weighing import sold_grams
from marketplace.payment.models import RefundPart
from marketplace.payment.posting import fee_of, market_shares
from marketplace.settlement.models import OPEN, Payout, StatementEntry
from marketplace.settlement.purses import Purse, read_purses
from marketplace.settlement.querysets import entries_of
from marketplace.settlement.sheets import read_months, read_sheet

ARRIVED = ("delivered", "completed")
UNPACKED = ("awaiting_payment", "paid")
ON_THE_BOOKS = ("paid", "returned")


def assert_parts_are_the_whole() -> None:
    """Of an order its lines and deliveries, of a discount its shares of the lines."""
    for order in Order.objects.prefetch_related("lines__discounts", "consignments", "discounts"):
        lines = list(order.lines.all())
        goods = sum((line.line_price_incl_tax for line in lines), NOTHING)
        fees = sum((parcel.fee for parcel in order.consignments.all()), NOTHING)
        assert order.total_incl_tax == goods + fees
        off = sum((one.amount for one in order.discounts.all()), NOTHING)
        shares = [share for line in lines for share in line.discounts.all()]
        assert sum((share.amount for share in shares), NOTHING) == off
        before = sum((line.line_price_before_discounts_incl_tax for line in lines), NOTHING)
        assert before - off == goods


def assert_purses_are_exact(makers: Collection[Cooperative], now: datetime) -> None:
    """And with them the payouts and statements that they come from."""
    purses = read_purses([maker.pk for maker in makers])
    for maker in makers:
        assert_purse_is_exact(maker, purses[maker.pk])
        assert_payouts_are_booked_once(maker)
        assert_statements_are_exact(maker, purses[maker.pk].balance, now)


def assert_purse_is_exact(maker: Cooperative, found: Purse) -> None:
    """What is payable, counted from delivered parcels: the other way than the purse counts."""
    arrived = Consignment.objects.filter(partner__cooperative=maker, state__in=ARRIVED)
    lines = list(Line.objects.filter(consignment__in=arrived))
    shares = market_shares(lines)
    worth = sum((p.fee - p.fee_refunded for p in arrived), NOTHING)
    for line in lines:
        market = shares.get(line.pk, NOTHING)
        parts = RefundPart.objects.filter(line=line).exclude(refund__state="failed")
        back = sum((part.promotion - part.fee for part in parts), NOTHING)
        worth += line.refundable + market - fee_of(line, market) - back
    gone = Payout.objects.filter(cooperative=maker, state__in=("paid", *OPEN))
    assert found.payable == worth - sum((one.amount for one in gone), NOTHING)
    assert min(found.to_send, found.under_way, found.going_back, found.proposed) >= 0


def assert_payouts_are_booked_once(maker: Cooperative) -> None:
    """Those that are paid, and no other; one under way at most, none above what was payable."""
    payouts = list(Payout.objects.filter(cooperative=maker))
    paid = sum((one.amount for one in payouts if one.state == "paid"), NOTHING)
    account = (Account.Kind.PAID_OUT, maker.pk)
    assert Entry.objects.balances().get(account, NOTHING) == paid
    assert sum(one.state in OPEN for one in payouts) <= 1
    assert all(0 < one.amount <= one.payable for one in payouts)


def payouts_on_the_books() -> list[str]:
    return [one.number for one in Payout.objects.filter(state__in=ON_THE_BOOKS)]


def assert_statements_are_exact(maker: Cooperative, balance: Decimal, now: datetime) -> None:
    """Each begins where the one before ends, says what its rows say, and the last is the ledger.
    Months follow each other, and every entry stands in one of them, none before its day."""
    end, months, counted = NOTHING, read_months(cooperative=maker, now=now), []
    for one in reversed(months):
        sheet = read_sheet(cooperative=maker, month=one.month, now=now)
        assert (one.opening, sheet.opening, sheet.closing) == (end, end, one.closing)
        rows = sheet.rows(sheet.postings)
        assert sum((row.net for row in rows), end) == sheet.closing
        for row in rows:
            assert sum((d.net for d in row.details), NOTHING) == row.net
        end = one.closing
        counted += sheet.entries.values_list("pk", flat=True)
    assert end == balance
    assert sorted(counted) == sorted(entries_of(maker.pk).values_list("pk", flat=True))
    begins = [one.month for one in reversed(months)]
    assert begins[1:] == [next_month(month) for month in begins[:-1]]
    rows = StatementEntry.objects.filter(statement__cooperative=maker)
    for row in rows.select_related("statement", "entry__posting"):
        assert row.entry.posting.at < end_of(row.statement.month)


def assert_lots_are_exact() -> None:
    """A packed line comes from lots of its good, all its packs, and no lot gives more than it
    has; packs of parcels that were given up lie in it again."""
    given = Counter()
    for row in LineLot.objects.select_related("line__consignment", "line__product", "lot"):
        assert row.lot.product_id == row.line.product.parent_id
        given[row.lot_id] += row.quantity * (row.line.consignment.state not in GIVEN_UP)
    lots = {lot.pk: lot for lot in Lot.objects.all()}
    used = packs_used(lots)
    for key, lot in lots.items():
        assert given[key] == used.get(key, 0) <= lot.quantity
    for line in Line.objects.select_related("consignment").prefetch_related("lots"):
        packs, state = sum(row.quantity for row in line.lots.all()), line.consignment.state
        assert packs in (0, line.quantity)
        if state not in GIVEN_UP:
            assert bool(packs) == (state not in UNPACKED)


def assert_weighed_lines_cost_what_they_weigh() -> None:
    """Never more than the price paid, never a fen more than the weight's part of it. Where the
    bank has sent a refund back the buyer still waits for money: those lines are not judged."""
    waits = RefundPart.objects.filter(refund__state="failed").exclude(line=None)
    for line in Line.objects.exclude(weighed_grams=None).exclude(pk__in=waits.values("line")):
        weight = min(Fraction(line.weighed_grams, sold_grams(line)), 1)
        assert 0 <= line.refundable <= Fraction(line.line_price_incl_tax) * weight
    for part in RefundPart.objects.filter(refund__token__startswith="weight-"):
        price, line = Fraction(part.line.line_price_incl_tax), part.line
        lighter = 1 - Fraction(line.weighed_grams, sold_grams(line))
        assert 0 < part.amount < price * lighter + Fraction(1, 100)
