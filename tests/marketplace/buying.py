"""Steps of a purchase, for tests that begin in its middle."""

import uuid
from copy import copy
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import override

from catalog.origins.models import Region
from marketplace.address.services import Destination
from marketplace.basket.contents import contents_of
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_pack
from marketplace.offer.services import Person
from marketplace.order.models import Order
from marketplace.order.services import Purchase, Seen, place_order
from marketplace.partner.models import StockRecord
from tests.factories import ProductFactory, pack_of

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = NOW.date()
BEIJING = "110000"
HAIDIAN, ZHONGGUANCUN = "110108", "110108012"
YANQING = "110119"
MOBILE = "13800001234"


def basket_with(*wanted) -> Basket:
    """An open guest basket; `wanted` are products or (product, quantity)."""
    basket = Basket.objects.create()
    for item in wanted:
        product, quantity = item if isinstance(item, tuple) else (item, 1)
        add_pack(basket=basket, pack=pack_of(product), quantity=quantity, day=DAY)
    return basket


def street_in(district: str = HAIDIAN) -> Region:
    return Region.objects.with_parents().filter(parent=district).order_by("code").first()


def purchase_of(basket: Basket, district: str = HAIDIAN, **changes) -> Purchase:
    """What a careful buyer sends for the basket as it is now; `changes` may name a mobile."""
    street, mobile = street_in(district), changes.pop("mobile", MOBILE)
    shown = contents_of(
        basket=Basket(pk=basket.pk, voucher_code=changes.get("voucher_code", "")),
        region_code=street.pk,
        person=Person(mobile=mobile),
        now=NOW,
    )
    lines = shown.lines
    purchase = Purchase(
        submission_token=uuid.uuid4().hex,
        destination=Destination(
            recipient="李岚", mobile=mobile, region=street, detail="3号楼2单元"
        ),
        email="lilan@example.com",
        language="zh-hans",
        seen={line.pk: Seen(line.quantity, line.price) for line in lines},
        consents=[line.pk for line in lines],
        shown_total=shown.total,
    )
    return purchase._replace(**changes)


def crowd(number: int, *wanted, **changes) -> list[tuple[Basket, Purchase]]:
    """So many guests with equal baskets, each with what a careful one sends."""
    first = basket_with(*wanted)
    purchase = purchase_of(first, **changes)
    lines = list(first.lines.order_by("pk"))
    return [(first, purchase), *(twin_of(lines, purchase) for _ in range(number - 1))]


def twin_of(lines: list[Line], purchase: Purchase) -> tuple[Basket, Purchase]:
    """Another guest with the same lines; seen and confirmed goes by the keys of the new ones."""
    basket = Basket.objects.create()
    twins = {}
    for line in lines:
        twin = copy(line)
        twin.pk, twin.basket = None, basket
        twin.save()
        twins[line.pk] = twin.pk
    return basket, purchase._replace(
        submission_token=uuid.uuid4().hex,
        seen={twins[key]: seen for key, seen in purchase.seen.items()},
        consents=[twins[key] for key in purchase.consents],
    )


def place(basket: Basket, purchase: Purchase | None = None) -> Order:
    return place_order(basket=basket, purchase=purchase or purchase_of(basket), user=None, now=NOW)


def order_for(*wanted) -> Order:
    return place(basket_with(*(wanted or [ProductFactory()])))


def in_english(refusal) -> str:
    with override("en"):
        return refusal.words


def stock(product) -> StockRecord:
    return StockRecord.objects.get(product=pack_of(product))
