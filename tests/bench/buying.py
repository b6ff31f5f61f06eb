"""Buying measured: a basket of 8 lines from 4 producers under 20 offers, and placing it."""

import statistics
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product
from catalog.origins.models import Region
from marketplace.address.services import Destination
from marketplace.basket.contents import contents_of
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_pack
from marketplace.basket.visitor import remember
from marketplace.offer.campaigns import end_offer
from marketplace.offer.services import Person
from marketplace.order.services import Purchase, Seen, place_order
from marketplace.partner.models import StockRecord
from tests.bench.measure import Cost, measure
from tests.factories.offers import offer_of

STREET = "110108012"
LINES, MAKERS, OFFERS = 8, 4, 20
ORDERS, THREADS = 60, 8
PERSON = Person(mobile="13800001234")


def buying(port: int) -> Iterator[tuple[str, Cost]]:
    """Costs by the name of the page or act, on the goods that are there now."""
    packs = packs_to_buy()
    StockRecord.objects.filter(product__in=packs).update(num_in_stock=1_000_000)
    with running_offers():
        cookies = cookie_for(basket_of(packs))
        yield "basket", measure(port, [reverse("basket:summary")], cookies)
        yield "confirm page", measure(port, [reverse("checkout:confirm")], cookies)
        yield "place an order", placing(packs)
    fee = f"{reverse('shop:delivery')}?pack={packs[0].pk}"
    yield "delivery part", measure(port, [fee], {"region": STREET})


def packs_to_buy() -> list[Product]:
    """Two ambient packs of each of four producers, sold one at a time."""
    packs = (
        Product.objects.filter(
            parent__in=Product.objects.for_sale(timezone.localdate()),
            parent__storage="ambient",
            minimum_quantity=1,
            quantity_step=1,
        )
        .select_related("parent")
        .order_by("parent__cooperative", "pk")
    )
    found: dict[int, list[Product]] = {}
    for pack in packs[:5000]:
        found.setdefault(pack.parent.cooperative_id, []).append(pack)
    makers = [some for some in found.values() if len(some) > 1][:MAKERS]
    return [pack for some in makers for pack in some[: LINES // MAKERS]]


@contextmanager
def running_offers():
    """Twenty offers for everybody that all count."""
    begins = timezone.now() - timedelta(days=1)
    offers = [
        offer_of(off="0.10", name=f"满减 {uuid.uuid4()}", begins=begins, ends=None)
        for _ in range(OFFERS)
    ]
    try:
        yield
    finally:
        for offer in offers:
            end_offer(offer=offer, by=None, now=timezone.now())


def basket_of(packs: list[Product]) -> Basket:
    basket = Basket.objects.create()
    for pack in packs:
        add_pack(basket=basket, pack=pack, quantity=1, day=timezone.localdate())
    return basket


def cookie_for(basket: Basket) -> dict[str, str]:
    response = HttpResponse()
    remember(response, basket)
    cookies = {name: cookie.value for name, cookie in response.cookies.items()}
    return {**cookies, "region": STREET}


def placing(packs: list[Product]) -> Cost:
    """In this process: queries of one order, milliseconds of one after the other, orders a
    second of eight buyers at once for the same packs."""
    order = ready_order(packs)
    with CaptureQueriesContext(connection) as captured:
        order()
    queries = sum("SAVEPOINT" not in query["sql"] for query in captured)
    orders = [ready_order(packs) for _ in range(ORDERS)]
    times = [seconds(order) for order in orders]
    crowd = [ready_order(packs) for _ in range(ORDERS)]
    took = seconds(partial(all_at_once, crowd))
    return Cost(queries, statistics.median(times) * 1000, ORDERS / took)


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def all_at_once(orders: list[Callable[[], object]]) -> None:
    def buyer(mine: list[Callable[[], object]]) -> None:
        for order in mine:
            order()
        connection.close()

    buyers = [threading.Thread(target=buyer, args=[orders[n::THREADS]]) for n in range(THREADS)]
    for one in buyers:
        one.start()
    for one in buyers:
        one.join()


def ready_order(packs: list[Product]) -> Callable[[], object]:
    """A basket filled and looked at: all that is left is to place it."""
    basket, now = basket_of(packs), timezone.now()
    contents = contents_of(basket=basket, region_code=STREET, person=PERSON, now=now)
    lines = Line.objects.for_sale_check().filter(basket=basket)
    purchase = Purchase(
        submission_token=uuid.uuid4().hex,
        destination=Destination(
            recipient="李岚",
            mobile=PERSON.mobile,
            region=Region.objects.with_parents().get(pk=STREET),
            detail="3号楼",
        ),
        email="lilan@example.com",
        language="zh-hans",
        seen={line.pk: Seen(line.quantity, line.price) for line in lines},
        consents=[],
        shown_total=contents.total,
    )
    return partial(place_order, basket=basket, purchase=purchase, user=None, now=now)
