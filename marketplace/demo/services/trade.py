"""Months of trade that has arrived: bought, paid, delivered, as the ledger knows.

Each order is numbered and made from its number alone, so that more can be added at any time and
none is made twice. Nothing of it touches the stock: what was sold is gone.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction
from django.utils import timezone

from catalog.origins.models import Region
from marketplace.address.services import Destination, fill_address
from marketplace.money import NOTHING
from marketplace.order.models import (
    Consignment,
    ConsignmentStep,
    Line,
    Order,
    ShippingAddress,
)
from marketplace.order.states import State
from marketplace.partner.models import Partner, StockRecord
from marketplace.payment.models import Payment
from marketplace.payment.posting import post_payment

CHUNK = 200
# How an order of the past is numbered; others have two groups after the day.
PAST = r"^YS[0-9]{8}-D[0-9]{5,}$"
# Days ago: the newest has been delivered, the oldest lies two months and a half back.
NEWEST, OLDEST = 5, 75
NAMES = ("李岚", "王敏", "赵国强", "孙小雨", "周建华", "吴静", "郑海", "冯丽")
# The hour of each step after the order, in days.
WAY = {
    State.AWAITING_PAYMENT: 0.0,
    State.PAID: 0.01,
    State.PACKED: 1.0,
    State.SHIPPED: 1.2,
    State.DELIVERED: 4.0,
    State.COMPLETED: 11.0,
}


def load_trade(*, count: int, today: date, tell: Callable[..., None]) -> int:
    """Bring the past trade to `count` orders, never fewer; each chunk is all or nothing."""
    done = Order.objects.filter(number__regex=PAST).count()
    shelves = shelves_by_parcel()
    streets = list(Region.objects.with_parents().filter(parent="110108").order_by("code"))
    while done < count:
        numbers = range(done + 1, min(done + CHUNK, count) + 1)
        with transaction.atomic():
            for number in numbers:
                add_order(number, today, shelves, streets)
        done = numbers[-1]
        if count > CHUNK:
            tell("trade", done=done, count=count)
    return done


def shelves_by_parcel() -> list[list[StockRecord]]:
    """What may lie in one parcel together: of one cooperative, kept at one temperature.

    Every second one is of a cooperative whose people can sign in, that they may see trade.
    """
    shelves: dict[tuple[int, str], list[StockRecord]] = {}
    records = StockRecord.objects.select_related("product__parent", "partner__cooperative")
    for record in records.filter(product__parent__isnull=False).order_by("partner_sku"):
        key = (record.partner_id, record.product.parent.storage)
        shelves.setdefault(key, []).append(record)
    seated = Partner.objects.filter(cooperative__memberships__isnull=False).values_list(
        "pk", flat=True
    )
    seats = set(seated)
    busy = [shelf for (partner, _storage), shelf in shelves.items() if partner in seats]
    every = list(shelves.values())
    if not busy:
        return every
    pairs = ((shelf, busy[place % len(busy)]) for place, shelf in enumerate(every))
    return [shelf for pair in pairs for shelf in pair]


def add_order(
    number: int, today: date, shelves: list[list[StockRecord]], streets: list[Region]
) -> None:
    chance = Random(number)  # noqa: S311
    at = moment(today, chance)
    shelf = shelves[number % len(shelves)]
    wanted = [(record, chance.randint(1, 3)) for record in chance.sample(shelf, min(2, len(shelf)))]
    write_past(
        name=f"YS{timezone.localdate(at):%Y%m%d}-D{number:05}",
        at=at,
        wanted=wanted,
        address=address_of(chance, streets),
        today=today,
    )


def write_past(
    *,
    name: str,
    at: datetime,
    wanted: list[tuple[StockRecord, int]],
    address: ShippingAddress,
    today: date,
) -> None:
    """One paid order of a parcel as it stands today; `wanted` are packs of one producer."""
    goods = sum((record.price * packs for record, packs in wanted), NOTHING)
    fee = Decimal("8.00") if goods < 99 else NOTHING
    order = Order.objects.create(
        number=name,
        guest_email="",
        shipping_address=address,
        shipping_incl_tax=fee,
        shipping_excl_tax=fee,
        total_incl_tax=goods + fee,
        total_excl_tax=goods + fee,
        date_placed=at,
    )
    way = {state: at + timedelta(days=days) for state, days in WAY.items()}
    done = {state: moment for state, moment in way.items() if timezone.localdate(moment) <= today}
    add_parcel(order, wanted, fee, done)
    payment = Payment.objects.create(
        order=order,
        amount=goods + fee,
        method="alipay",
        state=Payment.State.SUCCEEDED,
        settled_at=at + timedelta(minutes=9),
    )
    post_payment(payment)


def moment(today: date, chance: Random) -> datetime:
    day = today - timedelta(days=chance.randint(NEWEST, OLDEST))
    return timezone.make_aware(datetime.combine(day, time(chance.randint(8, 21), 12)))


def address_of(chance: Random, streets: list[Region]) -> ShippingAddress:
    address = ShippingAddress()
    destination = Destination(
        recipient=chance.choice(NAMES),
        mobile=f"1380000{chance.randint(0, 9999):04}",
        region=chance.choice(streets),
        detail=f"{chance.randint(1, 30)}号楼（演示）",
    )
    fill_address(address=address, destination=destination)
    address.save()
    return address


def add_parcel(
    order: Order,
    wanted: Iterable[tuple[StockRecord, int]],
    fee: Decimal,
    steps: dict[State, datetime],
) -> None:
    """`steps` are those that the parcel has gone, in order."""
    first = next(iter(wanted))[0]
    day = timezone.localdate(order.date_placed)
    parcel = Consignment.objects.create(
        order=order,
        partner=first.partner,
        storage=first.product.parent.storage,
        fee=fee,
        dispatch_on=day + timedelta(days=1),
        promised_on=day + timedelta(days=4),
        state=list(steps)[-1],
    )
    ConsignmentStep.objects.bulk_create(
        ConsignmentStep(consignment=parcel, state=state, at=at) for state, at in steps.items()
    )
    Line.objects.bulk_create(line_of(order, parcel, *one) for one in wanted)


def line_of(order: Order, parcel: Consignment, record: StockRecord, packs: int) -> Line:
    pack, goods, price = record.product, record.product.parent, record.price * packs
    return Line(
        order=order,
        consignment=parcel,
        partner=record.partner,
        partner_name=record.partner.cooperative.name,
        partner_sku=record.partner_sku,
        stockrecord=record,
        product=pack,
        title=f"{goods.title} {pack.title}",
        title_en=f"{goods.title_en} {pack.title_en}" if goods.title_en else "",
        net_grams=pack.net_grams,
        specialty_id=goods.specialty_id,
        quantity=packs,
        num_allocated=0,
        unit_price_incl_tax=record.price,
        unit_price_excl_tax=record.price,
        line_price_incl_tax=price,
        line_price_excl_tax=price,
        line_price_before_discounts_incl_tax=price,
        line_price_before_discounts_excl_tax=price,
    )
