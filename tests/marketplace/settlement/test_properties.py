"""Any mix of orders, parcels, refunds, payouts and months: to the fen, and never a fen too much."""

from contextlib import contextmanager
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.ledger.models import Entry
from marketplace.money import FEN, NOTHING
from marketplace.order.models import Consignment, Line, Order
from marketplace.order.services import MoveRefused, move
from marketplace.payment.cancelling import cancel_paid_order
from marketplace.payment.expiry import NotCancelled
from marketplace.payment.models import Payment, Refund, RefundPart
from marketplace.payment.posting import fee_of, market_shares, post_refund
from marketplace.payment.refunds import RefundRefused, Request, Wish, request_refund
from marketplace.payment.refunds.sending import end, fail, hold_refund
from marketplace.settlement import services
from marketplace.settlement.models import OPEN, Payout
from marketplace.settlement.purses import read_purse
from marketplace.settlement.refusals import PayoutRefused
from marketplace.settlement.sheets import read_months, read_sheet
from tests.factories import ProductFactory
from tests.factories.offers import voucher_of
from tests.marketplace.buying import NOW, basket_with, place, purchase_of
from tests.marketplace.settlement.trade import (
    STATES,
    account_of,
    maker_with_goods,
    person,
    take_money,
)

pytestmark = pytest.mark.django_db
COMMON = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
WHICH = st.integers(0, 9)
STEPS = st.one_of(
    st.tuples(st.just("buy"), WHICH, st.sampled_from(["", "MARKET", "OWN"])),
    st.tuples(st.just("move"), WHICH, st.integers(1, 4)),
    st.tuples(st.just("refund"), WHICH, st.integers(1, 100)),
    st.tuples(st.just("settle a refund"), WHICH, st.booleans()),
    st.tuples(st.just("cancel"), WHICH, st.none()),
    st.tuples(st.just("propose"), st.integers(0, 1), st.integers(1, 100)),
    st.tuples(st.just("go on"), WHICH, st.sampled_from(["go", "go", "end", "return"])),
    st.tuples(st.just("later"), st.integers(1, 40), st.booleans()),
)
RATES = st.sampled_from(["0", "0.0250", "0.0333"])


class Trade:
    """Two cooperatives, three goods, and whatever the steps make of them."""

    def __init__(self, rate: str):
        self.rate, self.now, self.buyers = rate, NOW, 0
        self.makers = [maker_with_goods("33.33"), maker_with_goods("7.77")]
        frozen = ProductFactory(
            cooperative=self.makers[0][0], storage="frozen", packs=[("118.10", 99, 500)]
        )
        self.goods = [self.makers[0][1], self.makers[1][1], frozen]
        voucher_of("MARKET", off="5.01")
        voucher_of("OWN", off="3.00", cooperative=self.makers[0][0])
        for number, (maker, _good) in enumerate(self.makers):
            account_of(maker, f"622848001234{number}")

    def take(self, step: str, which: int, how: object) -> None:
        refused = (PayoutRefused, RefundRefused, MoveRefused, NotCancelled)
        with suppressed(*refused):
            getattr(self, step.replace(" ", "_"))(which, how)

    def buy(self, which, code):
        self.buyers += 1
        basket = basket_with((self.goods[which % 3], 2), (self.goods[0], 1))
        mobile = f"139{self.buyers:08}"
        order = place(basket, purchase_of(basket, voucher_code=code, mobile=mobile))
        Line.objects.filter(order=order).update(fee_rate=self.rate)
        take_money(order, self.now)

    def move(self, which, steps):
        parcel = chosen(Consignment.objects.order_by("pk"), which)
        for to in STATES[:steps] if parcel else ():
            with suppressed(MoveRefused):
                move(consignments=[parcel], to=to, by=None, reason="", now=self.now)

    def refund(self, which, hundredths):
        payment = chosen(Payment.objects.order_by("pk"), which)
        if payment:
            part = Decimal(hundredths) / 100
            wish = Wish(
                {one.pk: share(one.refundable, part) for one in payment.order.lines.all()},
                {p.pk: share(p.fee_refundable, part) for p in payment.order.consignments.all()},
            )
            request = Request(f"{payment.pk}-{Refund.objects.count()}", "", None)
            request_refund(payment_id=payment.pk, wish=wish, request=request, now=self.now)

    def settle_a_refund(self, which, arrives):
        refund = chosen(Refund.objects.exclude(state="failed").order_by("pk"), which)
        if refund is None:
            return
        held = hold_refund(refund.pk)
        if not arrives:
            fail(held, "closed", self.now)
        elif held.state == "pending":
            end(held, Refund.State.SUCCEEDED, self.now)
            post_refund(held)

    def cancel(self, which, _):
        order = chosen(Order.objects.order_by("pk"), which)
        if order:
            cancel_paid_order(order=order, by=None, reason="", now=self.now)

    def propose(self, which, hundredths):
        maker = self.makers[which][0]
        amount = share(read_purse(maker.pk).payable, Decimal(hundredths) / 90)
        by = person("proposer")
        services.propose_payouts(amounts={maker.pk: amount}, by=by, now=self.now)

    def go_on(self, which, how):
        payout = chosen(Payout.objects.order_by("-pk"), which)
        about = {"payout_id": payout and payout.pk, "by": person("approver"), "now": self.now}
        if payout is None:
            return
        if how == "end":
            services.withdraw(reason="", **about)
        elif how == "return":
            services.mark_returned(reason="", **about)
        elif payout.state == "proposed":
            services.approve(**about)
        elif payout.state == "approved":
            services.make_bank_file(by=about["by"], now=self.now)
        else:
            services.mark_paid(slip="A1", paid_on=self.now.date(), **about)

    def later(self, days, closes):
        self.now += timedelta(days=days)
        if closes:
            services.close_months(now=self.now)

    def assert_exact(self):
        assert sum(Entry.objects.balances().values(), NOTHING) == 0
        for maker, _good in self.makers:
            assert_purse_is_exact(maker)
            assert_statements_are_exact(maker, self.now)


@contextmanager
def suppressed(*refused):
    """What is refused has changed nothing."""
    try:
        with transaction.atomic():
            yield
    except refused:
        pass


def chosen(rows, which):
    count = rows.count()
    return rows[which % count] if count else None


def share(amount: Decimal, part: Decimal) -> Decimal:
    return (amount * part).quantize(FEN, ROUND_DOWN)


def assert_purse_is_exact(maker) -> None:
    """What is payable, counted from delivered parcels: the other way than the purse counts."""
    found = read_purse(maker.pk)
    arrived = Consignment.objects.filter(
        partner__cooperative=maker, state__in=("delivered", "completed")
    )
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


def assert_statements_are_exact(maker, now) -> None:
    """Each begins where the one before ends, says what its rows say, and the last is the ledger."""
    end = NOTHING
    for one in reversed(read_months(cooperative=maker, now=now)):
        sheet = read_sheet(cooperative=maker, month=one.month, now=now)
        assert (one.opening, sheet.opening, sheet.closing) == (end, end, one.closing)
        rows = sheet.rows(sheet.postings)
        assert sum((row.net for row in rows), end) == sheet.closing
        for row in rows:
            assert sum((d.net for d in row.details), NOTHING) == row.net
        end = one.closing
    assert end == read_purse(maker.pk).balance


def run(steps, rate):
    with transaction.atomic():
        trade = Trade(rate)
        for step in steps:
            trade.take(*step)
            trade.assert_exact()
        transaction.set_rollback(True)


@given(st.lists(STEPS, min_size=8, max_size=16), RATES)
@settings(**COMMON, max_examples=8, derandomize=True)
def test_no_mix_of_trade_loses_a_fen_or_pays_one_too_much(steps, rate):
    run([("buy", 0, "OWN"), ("buy", 1, "MARKET"), ("move", 0, 3), ("propose", 0, 90), *steps], rate)


@pytest.mark.soak
@given(st.lists(STEPS, min_size=20, max_size=60), RATES)
@settings(**COMMON, max_examples=200, print_blob=True)
def test_no_long_mix_of_trade_loses_a_fen_or_pays_one_too_much(steps, rate):
    run(steps, rate)
