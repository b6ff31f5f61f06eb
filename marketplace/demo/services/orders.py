"""Orders of the demonstration: placed, paid, packed, sent, arrived, by the shop's own services.

They are placed some days ago, so that what Stripe and the shop compare of the last three days
does not ask for them; the payment server is told of their money all the same, so that it can be
given back. Where a parcel is to leave is moved to the days around today.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from catalog.models import Product
from catalog.origins.models import Region
from marketplace.accounts.models import User
from marketplace.address.services import Destination
from marketplace.basket.contents import contents_of
from marketplace.basket.models import Basket
from marketplace.basket.services import add_pack
from marketplace.demo import reading
from marketplace.demo.stripe_server.calls import choose_method, succeed
from marketplace.demo.stripe_server.store import Store, new
from marketplace.months import start_of
from marketplace.offer.services import Person
from marketplace.order.lots import good_of, lots_on_offer, propose
from marketplace.order.models import Consignment, Order
from marketplace.order.services import (
    Packing,
    Purchase,
    Seen,
    confirm_delivery,
    pack,
    place_order,
    ship,
)
from marketplace.order.states import State
from marketplace.order.weighing import sold_grams
from marketplace.payment.gateway import Intent
from marketplace.payment.models import Payment
from marketplace.payment.services import record_success

METHOD = "alipay"
MORNING, NOON = timedelta(hours=9), timedelta(hours=12)
STEPS = (State.PAID, State.PACKED, State.SHIPPED, State.DELIVERED)


def load_orders(*, day: date) -> int:
    """Write the orders that are not there yet; returns how many there are."""
    entries = reading.read("orders")["order"]
    tokens = {token_of(entry) for entry in entries}
    there = Order.objects.filter(submission_token__in=tokens)
    known = set(there.values_list("submission_token", flat=True))
    missing = [entry for entry in entries if token_of(entry) not in known]
    if missing:
        store = Store(settings.DEMO_PAYMENT_STATE)
        for entry in missing:
            add_order(entry, day, store)
    return len(entries)


def token_of(entry: dict) -> str:
    return f"demo-{entry['key']}"


def add_order(entry: dict, day: date, store: Store) -> None:
    placed_at = start_of(day + timedelta(days=entry["placed"])) + MORNING
    order = place(entry, placed_at)
    pay(order, placed_at + timedelta(minutes=3), store)
    dispatch_on = day + timedelta(days=entry["dispatch"])
    order.consignments.update(dispatch_on=dispatch_on, promised_on=dispatch_on + timedelta(days=2))
    for parcel in Consignment.objects.filter(order=order):
        go_on(parcel, entry, placed_at + timedelta(days=1))


def place(entry: dict, now: datetime) -> Order:
    buyer = User.objects.filter(email=entry.get("buyer", "")).first()
    basket = Basket.objects.create()
    for item in entry["packs"]:
        good = Product.objects.select_related("parent").get(upc=item["code"])
        add_pack(basket=basket, pack=good, quantity=item["quantity"], day=timezone.localdate(now))
    purchase = purchase_of(entry, basket, now)
    return place_order(basket=basket, purchase=purchase, user=buyer, now=now)


def purchase_of(entry: dict, basket: Basket, now: datetime) -> Purchase:
    streets = Region.objects.with_parents().filter(parent=entry["street"]).order_by("code")
    street = streets.first()
    shown = contents_of(
        basket=basket, region_code=street.pk, person=Person(mobile=entry["mobile"]), now=now
    )
    destination = Destination(
        recipient=entry["recipient"],
        mobile=entry["mobile"],
        region=street,
        detail=entry["detail"],
    )
    return Purchase(
        submission_token=token_of(entry),
        destination=destination,
        email="",
        language=settings.LANGUAGE_CODE,
        seen={line.pk: Seen(line.quantity, line.price) for line in shown.lines},
        consents=[line.pk for line in shown.lines],
        shown_total=shown.total,
        notes={parcel.partner.pk: entry["note"] for parcel in shown.parcels},
    )


def pay(order: Order, now: datetime, store: Store) -> None:
    """As the payment page of the demonstration does, and the worker that hears of it."""
    intent_id = f"pi_demo_{order.pk}"
    payment = Payment.objects.create(
        order=order, amount=order.total_incl_tax, intent_id=intent_id, method=METHOD
    )
    about = {"order": order.number}
    tell_payment_server(store, intent_id, payment, about)
    came = Intent(intent_id, "succeeded", payment.amount, "cny", "", about, "")
    record_success(payment.pk, came, now)


def tell_payment_server(store: Store, intent_id: str, payment: Payment, about: dict) -> None:
    intent = new("payment_intent", "pi", metadata=about, amount=int(payment.amount * 100))
    intent["id"] = intent_id
    with store.lock, store.db:
        choose_method(store, intent, METHOD)
        succeed(store, intent, METHOD)


def go_on(parcel: Consignment, entry: dict, now: datetime) -> None:
    """Up to the state that is written down, a step a day."""
    steps = STEPS[: STEPS.index(entry["state"]) + 1]
    if State.PACKED in steps:
        pack(consignment=parcel, packing=packing_of(parcel, now.date()), by=None, now=now)
    if State.SHIPPED in steps:
        carrier, number = entry["carrier"], entry["number"]
        ship(consignment=parcel, carrier=carrier, number=number, by=None, now=now + NOON)
    if State.DELIVERED in steps:
        confirm_delivery(consignment=parcel, by=None, now=now + timedelta(days=3))


def packing_of(parcel: Consignment, day: date) -> Packing:
    """As proposed; what is sold by weight weighs what it was sold for."""
    lines = list(parcel.lines.select_related("product").order_by("pk"))
    offers = lots_on_offer(goods={good_of(line) for line in lines}, day=day)
    weights = {line.pk: sold_grams(line) for line in lines if line.catch_weight}
    return Packing(propose(lines, offers), weights)
