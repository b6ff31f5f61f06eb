"""Two cooperatives as a machine: orders, parcels, lots, scales, refunds, payouts and months take
steps in any order. After each every fen and every pack is where it belongs."""

from collections import Counter
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from catalog.traceability.models import Lot
from marketplace.money import FEN
from marketplace.order.lots import lots_on_offer, propose
from marketplace.order.models import Consignment, ConsignmentStep, Line, LineLot, Order
from marketplace.order.services import (
    Packing,
    PackingRefused,
    confirm_delivery,
    move,
    place_order,
    ship,
)
from marketplace.order.tasks import end_what_was_sent
from marketplace.order.weighing import sold_grams
from marketplace.payment.cancelling import cancel_paid_order
from marketplace.payment.models import Payment, Refund, RefundPart
from marketplace.payment.refunds import Request, Wish, request_refund, try_again
from marketplace.payment.services import settle, start_payment
from marketplace.payment.weighing import pack_and_settle
from marketplace.settlement import services
from marketplace.settlement.models import Payout, PayoutStep, Statement
from marketplace.settlement.purses import read_purse
from marketplace.settlement.refusals import PayoutRefused
from marketplace.settlement.tasks import close_months
from tests.factories.offers import voucher_of
from tests.marketplace.buying import basket_with, purchase_of
from tests.marketplace.packing import cut_of_mutton, lot_of
from tests.marketplace.payment import truths
from tests.marketplace.payment.market import CODES, GOODS, PLACE, part_of
from tests.marketplace.payment.world import TIMETABLE, World
from tests.marketplace.settlement.trade import account_of, maker_with_goods, person
from tests.marketplace.settlement.truths import (
    assert_lots_are_exact,
    assert_parts_are_the_whole,
    assert_purses_are_exact,
    assert_weighed_lines_cost_what_they_weigh,
    payouts_on_the_books,
)

LOTS = (5, 7, 30)
ENDS = st.sampled_from(["mark_paid", "mark_paid", "mark_returned", "reject", "withdraw"])
RATES = st.sampled_from(["0", "0.0250", "0.0333"])
# Hundredths of what was sold; the last two are refused as slips of the finger.
WEIGHTS = st.sampled_from([93, 100, 88, 104, 51, 199, 49, 201])


def build() -> None:
    """Dry goods and a cut that is weighed of one cooperative, dry goods of the other, each with
    three lots; vouchers that the market and one of them bear; accounts for both."""
    one, flour = maker_with_goods("33.33")
    other, millet = maker_with_goods("7.77")
    mutton = cut_of_mutton("118.10", cooperative=one)
    Trade.makers, Trade.goods = (one, other), (flour, mutton, millet)
    for good in Trade.goods:
        for days, packs in enumerate(LOTS):
            lot_of(good, packs, days=9 - days)
    voucher_of("MARKET", off="5.01", limit_total=2)
    voucher_of("OWN", off="3.00", cooperative=one)
    for number, maker in enumerate(Trade.makers):
        account_of(maker, f"622848001234{number}")
    Trade.at_first = truths.stock_now()
    Trade.clerk, Trade.operators = person("clerk"), (person("proposer"), person("approver"))
    Trade.reached = Counter()


class Trade(RuleBasedStateMachine):
    makers, goods, operators, clerk, at_first, reached = (), (), (), None, {}, None

    def __init__(self):
        super().__init__()
        self.world = World((PackingRefused, PayoutRefused))
        self.stripe = self.world.stripe
        self.buyers = self.wishes = self.accounts = self.heard = 0

    @initialize(
        rate=RATES, goods=GOODS, code=CODES, percent=WEIGHTS, steps=st.sampled_from([4, 3, 2, 0])
    )
    def begin(self, rate, goods, code, percent, steps):
        """An order of everything, sent in parts, whose first parcel has arrived; a payout of
        what it brought, so many steps on its way; and another order."""
        self.rate = Decimal(rate)
        self.buy([(0, 1), (1, 2), (2, 1)], code)
        for parcel in Consignment.objects.order_by("pk")[:2]:
            self.pack_into(parcel, in_turn=True, percent=percent)
        self.send_on(0, 2)
        for which in (0, 1):
            self.propose(which, 80)
        way = [
            (self.approve, 0, False),
            (self.give_to_the_bank,),
            (self.end_a_payout, 0, "mark_paid"),
            (self.end_a_payout, 0, "mark_returned"),
        ]
        for act, *about in way[:steps]:
            act(*about)
        self.buy(goods, "")

    @rule(goods=GOODS, code=CODES)
    def buy(self, goods, code):
        """Placed, paid at Stripe, settled here; the fee is frozen on its lines before."""
        self.buyers += 1
        orders = list(Order.objects.values_list("pk", flat=True))
        with self.world.step():
            basket = basket_with(*((self.goods[which], number) for which, number in goods))
            mobile = f"139{self.buyers:08}"
            purchase = purchase_of(basket, voucher_code=code, mobile=mobile)
            place_order(basket=basket, purchase=purchase, user=None, now=timezone.now())
        for order in Order.objects.exclude(pk__in=orders):
            Line.objects.filter(order=order).update(fee_rate=self.rate)
            with self.world.step():
                start_payment(order=order, method="card", return_url="x", now=timezone.now())
            payment = Payment.objects.get(order=order)
            self.stripe.pay(payment.intent_id)
            with self.world.step():
                settle(payment_id=payment.pk, now=timezone.now())

    @rule(place=PLACE, in_turn=st.booleans(), percent=WEIGHTS)
    def pack(self, place, in_turn, percent):
        parcels = Consignment.objects.filter(state="paid")
        if parcel := chosen(parcels, place):
            self.pack_into(parcel, in_turn, percent)

    def pack_into(self, parcel, in_turn, percent):
        """From the lots that are first to expire, or all from the first one, packs left or not."""
        lines = list(parcel.lines.select_related("product").order_by("pk"))
        goods = {line.product.parent_id for line in lines}
        if in_turn:
            lots = propose(lines, lots_on_offer(goods=goods, day=timezone.localdate()))
        else:
            first = {lot.product_id: lot.pk for lot in Lot.objects.order_by("-pk")}
            lots = {line.pk: {first[line.product.parent_id]: line.quantity} for line in lines}
        grams = {li.pk: sold_grams(li) * percent // 100 for li in lines if li.catch_weight}
        with self.world.step():
            about = {"by": self.clerk, "now": timezone.now()}
            pack_and_settle(consignment=parcel, packing=Packing(lots, grams), **about)

    @rule(place=PLACE, times=st.integers(1, 3))
    def send_on(self, place, times):
        for _ in range(times):
            parcels = Consignment.objects.filter(state__in=["packed", "shipped", "delivered"])
            if parcel := chosen(parcels, place):
                self.send_on_one(parcel)

    def send_on_one(self, parcel):
        about = {"by": self.clerk, "now": timezone.now()}
        with self.world.step():
            if parcel.state == "packed":
                ship(consignment=parcel, carrier="sf", number=f"SF{parcel.pk:08}", **about)
            elif parcel.state == "shipped":
                confirm_delivery(consignment=parcel, **about)
            else:
                move(consignments=[parcel], to="completed", reason="", **about)

    @rule(place=PLACE)
    def cancel(self, place):
        with self.world.step():
            order = chosen(Order.objects.all(), place)
            cancel_paid_order(order=order, by=self.clerk, reason="", now=timezone.now())

    @rule(place=PLACE, part=st.sampled_from([100, 1, 33, 50]), mask=st.integers(1, 31))
    def refund(self, place, part, mask):
        """So many hundredths of what is left of some lines and deliveries."""
        payment = chosen(Payment.objects.filter(state="succeeded"), place)
        lines = {li.pk: li.refundable for li in payment.order.lines.order_by("pk")}
        fees = {c.pk: c.fee_refundable for c in payment.order.consignments.order_by("pk")}
        some = {key for bit, key in enumerate([*lines, *fees]) if mask >> bit & 1}
        self.wishes += 1
        request = Request(f"wish-{self.wishes}", "", self.clerk)
        wish = Wish(part_of(lines, some, part), part_of(fees, some, part))
        with self.world.step():
            about = {"payment_id": payment.pk, "now": timezone.now()}
            request_refund(wish=wish, request=request, **about)

    @rule(at_once=st.booleans())
    def refunds_arrive_at_once_or_later(self, at_once):
        self.stripe.refunds_arrive = at_once

    @precondition(lambda self: self.stripe.refunds)
    @rule(place=PLACE, status=st.sampled_from(["failed", "succeeded"]))
    def the_bank_takes_a_refund_or_sends_it_back(self, place, status):
        names = list(self.stripe.refunds)
        self.stripe.finish_refund(names[place % len(names)], status)

    @rule(place=PLACE)
    def try_a_refund_again(self, place):
        if failed := chosen(Refund.objects.filter(state="failed"), place):
            with self.world.step():
                try_again(refund_id=failed.pk, by=self.clerk, now=timezone.now())

    @rule()
    def work(self):
        """Stripe's messages arrive, and the worker's queue is emptied."""
        while self.heard < len(self.stripe.events):
            self.world.receive(self.heard)
            self.heard += 1
        while self.world.handed_on:
            self.world.work()

    @rule(which=st.integers(0, 1), hundredths=st.integers(1, 100))
    def propose(self, which, hundredths):
        """Up to a tenth more than is payable."""
        maker = self.makers[which]
        part = read_purse(maker.pk).payable * hundredths / 90
        amounts = {maker.pk: part.quantize(FEN, ROUND_DOWN)}
        with self.world.step():
            about = {"by": self.operators[0], "now": timezone.now()}
            services.propose_payouts(amounts=amounts, **about)
            assert read_purse(maker.pk).payable >= 0

    @rule(place=PLACE, own=st.sampled_from([False, False, True]))
    def approve(self, place, own):
        if payout := chosen(Payout.objects.filter(state="proposed"), place):
            with self.world.step():
                by = self.operators[not own]
                services.approve(payout_id=payout.pk, by=by, now=timezone.now())
                assert not own
                assert read_purse(payout.cooperative_id).payable >= 0

    @rule()
    def give_to_the_bank(self):
        with self.world.step():
            file = services.make_bank_file(by=self.operators[1], now=timezone.now()).file
            for payout in file.payouts.all() if file else ():
                assert read_purse(payout.cooperative_id).payable >= 0

    @rule(place=PLACE, how=ENDS)
    def end_a_payout(self, place, how):
        """The bank pays it or sends it back, or it is given up: any one, in whatever state."""
        if payout := chosen(Payout.objects.all(), place):
            paid = {"slip": "A1", "paid_on": timezone.localdate()}
            about = paid if how == "mark_paid" else {"reason": "先不付"}
            by, act = self.operators[1], getattr(services, how)
            with self.world.step():
                act(payout_id=payout.pk, by=by, now=timezone.now(), **about)

    @rule(which=st.integers(0, 1))
    def change_the_account(self, which):
        self.accounts += 1
        account_of(self.makers[which], f"62284800999{self.accounts:04}")

    @rule(days=st.sampled_from([1, 4, 11, 31, 62]), is_closed=st.booleans())
    def days_pass(self, days, is_closed):
        """The worker runs before and after; months that are over are closed, or not yet."""
        for much in (timedelta(), timedelta(days=days)):
            self.world.later(much)
            self.work()
            for task in (*TIMETABLE, end_what_was_sent, *[close_months][: int(is_closed)]):
                self.world.run(task)

    @invariant()
    def everything_is_exact(self):
        truths.assert_ledger_is_exact(payouts_on_the_books())
        truths.assert_refunds_are_counted()
        truths.assert_stripe_agrees(self.stripe)
        truths.assert_stock_is_exact(self.at_first)
        truths.assert_voucher_uses_are_those_of_living_orders()
        truths.assert_mails_were_sent_once()
        assert_parts_are_the_whole()
        assert_lots_are_exact()
        assert_weighed_lines_cost_what_they_weigh()
        assert_purses_are_exact(self.makers, timezone.now())

    def teardown(self):
        try:
            self.world.lead_to_the_end()
            self.days_pass(31, is_closed=True)
            self.everything_is_exact()
            self.world.assert_nothing_is_left_to_do()
            self.reached.update([*self.world.states(), *self.happened()])
        finally:
            self.world.close()

    def happened(self):
        """Each step that anything took, and what else must not be missing."""
        for name, rows in (("parcel", ConsignmentStep.objects), ("payout", PayoutStep.objects)):
            yield from (f"{name} {state}" for state in rows.values_list("state", flat=True))
        yield from ("statement" for _ in Statement.objects.all())
        yield from ("weighed" for _ in Line.objects.exclude(weighed_grams=None))
        by_weight = RefundPart.objects.filter(refund__token__startswith="weight-")
        yield from ("settled on weight" for _ in by_weight)
        lots = Counter(LineLot.objects.values_list("line", flat=True))
        yield from ("line of two lots" for number in lots.values() if number > 1)


def chosen(rows, place):
    """None when there is none."""
    found = list(rows.order_by("pk"))
    return found[place % len(found)] if found else None
