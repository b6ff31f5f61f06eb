"""The market as a machine: buyers, operator, worker, clock and Stripe take steps in any order.

After every step money and stock are exact. At the end Stripe is well again and the timetable
runs until nothing is left to do: then both sides agree, and nobody waits for anything.
"""

from collections import Counter
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from marketplace.accounts.models import User
from marketplace.money import FEN
from marketplace.order.models import Consignment, Order
from marketplace.order.services import move, place_order
from marketplace.payment.cancelling import cancel_paid_order
from marketplace.payment.expiry import cancel_order
from marketplace.payment.models import Payment, Refund
from marketplace.payment.refunds import Request, Wish, request_refund, try_again
from marketplace.payment.services import settle, start_payment
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.offers import voucher_of
from tests.marketplace.buying import basket_with, purchase_of
from tests.marketplace.payment.truths import stock_now
from tests.marketplace.payment.world import TIMETABLE, World

PACKS = 9
GOODS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 3)),
    min_size=1,
    max_size=3,
    unique_by=lambda want: want[0],
)
CODES = st.sampled_from(["", "MARKET", "OWN"])
PLACE = st.integers(0, 99)


def build() -> None:
    """Three goods of two cooperatives; vouchers that the market and one of them bear."""
    one, other = CooperativeFactory(), CooperativeFactory()
    Market.goods = (
        ProductFactory(cooperative=one, packs=[("18.00", PACKS, 1000)]),
        ProductFactory(cooperative=one, packs=[("33.33", PACKS, 500)], storage="frozen"),
        ProductFactory(cooperative=other, packs=[("7.77", PACKS, 500)]),
    )
    voucher_of("MARKET", off="5.01", limit_total=2)
    voucher_of("OWN", off="3.00", cooperative=one)
    Market.at_first = stock_now()
    Market.clerk = User.objects.create_user("clerk@example.com")
    Market.reached = Counter()


class Market(RuleBasedStateMachine):
    goods, at_first, clerk, reached = (), {}, None, Counter()
    orders = Bundle("orders")

    def __init__(self):
        super().__init__()
        self.world = World()
        self.stripe = self.world.stripe
        self.buyers = self.wishes = 0

    def of_status(self, *statuses: str) -> list[str]:
        return [name for name, i in self.stripe.intents.items() if i.status in statuses]

    @initialize(target=orders, goods=st.tuples(GOODS, GOODS), code=CODES)
    def begin(self, goods, code):
        """Two orders that wait, the first with its buyer at Stripe's page."""
        made = [*self.place(goods[0], code), *self.place(goods[1], "")]
        self.go_to_pay(made[0], "card")
        return multiple(*made)

    @rule(target=orders, goods=GOODS, code=CODES)
    def buy(self, goods, code):
        return multiple(*self.place(goods, code))

    @rule(target=orders, goods=GOODS, code=CODES)
    def buy_and_pay(self, goods, code):
        made = self.place(goods, code)
        for order in made:
            self.go_to_pay(order, "alipay")
            payment = Payment.objects.filter(order=order).exclude(intent_id=None).first()
            if payment and self.stripe.pay(payment.intent_id):
                self.come_back(order)
        return multiple(*made)

    def place(self, goods, code) -> list[int]:
        self.buyers += 1
        made = []
        with self.world.step():
            basket = basket_with(*((self.goods[which], number) for which, number in goods))
            mobile = f"139{self.buyers:08}"
            purchase = purchase_of(basket, voucher_code=code, mobile=mobile)
            made = [place_order(basket=basket, purchase=purchase, user=None, now=timezone.now())]
        return [order.pk for order in made]

    @rule(order=orders, method=st.sampled_from(["card", "alipay"]))
    def press_pay(self, order, method):
        self.go_to_pay(order, method)

    def go_to_pay(self, order, method):
        with self.world.step():
            about = {"method": method, "return_url": "back", "now": timezone.now()}
            start_payment(order=Order.objects.get(pk=order), **about)

    @precondition(lambda self: self.of_status("requires_action", "processing"))
    @rule(place=PLACE, what=st.sampled_from(["pay", "pay", "decline", "take time"]))
    def stand_at_the_payment_page(self, place, what):
        names = self.of_status("requires_action", "processing")
        name = names[place % len(names)]
        if what == "decline":
            self.stripe.become(name, "requires_payment_method", error="card_declined")
        elif what == "take time":
            self.stripe.become(name, "processing")
        else:
            self.stripe.pay(name, among=["requires_action", "processing"])

    @precondition(lambda self: self.of_status("canceled"))
    @rule(place=PLACE)
    def pay_although_stripe_has_cancelled(self, place):
        """Unless it was the intent of nobody, of which a person must decide."""
        ours = Payment.objects.filter(intent_id__in=self.of_status("canceled")).order_by("pk")
        if ours:
            payment = ours[place % len(ours)]
            self.stripe.pay(payment.intent_id, among=["canceled"])

    @rule(order=orders)
    def return_from_paying(self, order):
        self.come_back(order)

    def come_back(self, order):
        payment = Payment.objects.filter(order=order).first()
        if payment:
            with self.world.step():
                settle(payment_id=payment.pk, now=timezone.now())

    @precondition(lambda self: self.stripe.events)
    @rule(place=PLACE)
    def receive_any_message_again_or_for_the_first_time(self, place):
        self.world.receive(place % len(self.stripe.events))

    @precondition(lambda self: self.stripe.events)
    @rule()
    def receive_the_newest_message(self):
        self.world.receive(-1)

    @precondition(lambda self: self.world.handed_on)
    @rule(place=PLACE, is_lost=st.sampled_from([False, False, False, True]))
    def work(self, place, is_lost):
        place %= len(self.world.handed_on)
        if is_lost:
            self.world.handed_on.pop(place)
        else:
            self.world.work(place)

    @rule(task=st.sampled_from(TIMETABLE))
    def follow_the_timetable(self, task):
        self.world.run(task)

    @rule(minutes=st.sampled_from([1, 1, 3, 11, 31]))
    def wait(self, minutes):
        self.world.later(timedelta(minutes=minutes))

    @rule(order=orders, is_paid=st.booleans(), by_clerk=st.booleans())
    def cancel(self, order, is_paid, by_clerk):
        act, by = cancel_paid_order if is_paid else cancel_order, self.clerk if by_clerk else None
        with self.world.step():
            held = Order.objects.get(pk=order)
            act(order=held, by=by, reason="", now=timezone.now())

    @precondition(lambda self: self.of_status("succeeded"))
    @rule(place=PLACE, part=st.integers(1, 100), mask=st.integers(1, 31), again=st.booleans())
    def refund(self, place, part, mask, again):
        """So many hundredths of what is left of some lines and deliveries; `again`: the wish
        before is sent once more."""
        paid = Payment.objects.filter(intent_id__in=self.of_status("succeeded")).order_by("pk")
        payment = paid[place % len(paid)]
        lines = {li.pk: li.refundable for li in payment.order.lines.order_by("pk")}
        fees = {c.pk: c.fee_refundable for c in payment.order.consignments.order_by("pk")}
        chosen = {key for bit, key in enumerate([*lines, *fees]) if mask >> bit & 1}
        self.wishes += not again
        request = Request(f"wish-{payment.pk}-{self.wishes}", "", self.clerk)
        wish = Wish(part_of(lines, chosen, part), part_of(fees, chosen, part))
        with self.world.step():
            about = {"payment_id": payment.pk, "now": timezone.now()}
            request_refund(wish=wish, request=request, **about)

    @precondition(lambda self: self.stripe.refunds)
    @rule(place=PLACE)
    def try_a_refund_again(self, place):
        failed = list(Refund.objects.filter(state="failed").order_by("pk"))
        if failed:
            with self.world.step():
                about = {"by": self.clerk, "now": timezone.now()}
                try_again(refund_id=failed[place % len(failed)].pk, **about)

    @precondition(lambda self: self.stripe.refunds)
    @rule(place=PLACE, status=st.sampled_from(["succeeded", "failed"]))
    def the_bank_takes_a_refund_or_sends_it_back(self, place, status):
        names = list(self.stripe.refunds)
        self.stripe.finish_refund(names[place % len(names)], status)

    @rule(order=orders, to=st.sampled_from(["packed", "packed", "shipped"]), place=PLACE)
    def move_a_parcel(self, order, to, place):
        parcels = list(Consignment.objects.filter(order=order).order_by("pk"))
        parcel = parcels[place % len(parcels)]
        with self.world.step():
            about = {"by": self.clerk, "reason": "", "now": timezone.now()}
            move(consignments=[parcel], to=to, **about)

    @rule(place=PLACE)
    def pack_or_ship_what_waits_for_it(self, place):
        following = {"paid": "packed", "packed": "shipped"}
        waiting = list(Consignment.objects.filter(state__in=following).order_by("pk"))
        if waiting:
            parcel = waiting[place % len(waiting)]
            with self.world.step():
                about = {"by": self.clerk, "reason": "", "now": timezone.now()}
                move(consignments=[parcel], to=following[parcel.state], **about)

    @rule(fault=st.sampled_from(["", "", "down", "refuses_our_key"]))
    def stripe_falls_ill_or_gets_well(self, fault):
        self.stripe.be_well()
        if fault:
            setattr(self.stripe, fault, True)

    @rule(number=st.integers(1, 2))
    def answers_get_lost(self, number):
        self.stripe.answers_to_lose = number

    @rule(at_once=st.booleans())
    def refunds_arrive_at_once_or_later(self, at_once):
        self.stripe.refunds_arrive = at_once

    @invariant()
    def money_and_stock_are_exact(self):
        self.world.assert_exact(self.at_first)

    def teardown(self):
        try:
            self.world.lead_to_the_end()
            self.world.assert_exact(self.at_first)
            self.world.assert_nothing_is_left_to_do()
            self.world.assert_both_sides_agree()
            self.reached.update(self.world.states())
        finally:
            self.world.close()


def part_of(left: dict[int, Decimal], chosen: set[int], hundredths: int) -> dict[int, Decimal]:
    return {
        key: (amount * hundredths / 100).quantize(FEN, ROUND_DOWN)
        for key, amount in left.items()
        if key in chosen
    }
