"""Years of trade as rows: made by hand, and doubled by the database as often as wanted."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import connection, models

from marketplace.ledger.models import Posting
from marketplace.order.models import Channel, Consignment, Line, Order
from marketplace.partner.services import open_shelf
from marketplace.payment.models import Payment, Refund, RefundPart
from tests.factories import CooperativeFactory, specialty

LINES = 8
FIRST = datetime(2025, 1, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
DAYS = 690
SLUGS = ("oat", "quinoa", "potato", "mutton", "neighbours")


def make_trade(orders: int) -> None:
    """So many paid orders of LINES lines over two years; a fifth of them has a refund, of which
    every second one came back."""
    partners = [open_shelf(cooperative=CooperativeFactory()) for _ in range(4)]
    kinds = [specialty(slug, slug) for slug in SLUGS]
    placed = Order.objects.bulk_create(order_of(number) for number in range(orders))
    parcels = Consignment.objects.bulk_create(
        Consignment(order=order, partner=partners[n % 4], storage="ambient", fee=0, state="paid")
        for n, order in enumerate(placed)
    )
    Line.objects.bulk_create(
        line_of(parcel, place, kinds[(n + place) % 5])
        for n, parcel in enumerate(parcels)
        for place in range(LINES)
    )
    payments = Payment.objects.bulk_create(map(payment_of, placed))
    refunds = Refund.objects.bulk_create(
        refund_of(payment, number) for number, payment in enumerate(payments) if number % 5 == 0
    )
    first = {line.order_id: line for line in Line.objects.order_by("-pk")}
    RefundPart.objects.bulk_create(
        RefundPart(refund=one, line=first[one.payment.order_id], amount=one.amount)
        for one in refunds
    )


def tell_the_ledger() -> None:
    """Of every refund that it arrived, and of those that failed that they came back."""
    refund = Refund._meta.db_table
    posting = Posting._meta.db_table
    with connection.cursor() as cursor:
        for event, state in (("refund:", "%"), ("refund_failed:", "failed")):
            cursor.execute(
                f"INSERT INTO {posting} (event, reference, at)"
                f" SELECT '{event}' || CAST(id AS varchar(20)), 'x', settled_at FROM {refund}"
                " WHERE state LIKE %s",
                [state],
            )


def double() -> None:
    """All of it once more, at the same moments; only the keys and names are others."""
    models_of = (Order, Consignment, Line, Payment, Refund, RefundPart)
    shift = {one: one.objects.order_by("-pk").values_list("pk", flat=True)[0] for one in models_of}
    for model in models_of:
        pairs = [column_of(field, shift) for field in model._meta.local_concrete_fields]
        names = ", ".join(f'"{name}"' for name, _value in pairs)
        values = ", ".join(value for _name, value in pairs)
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}")


def column_of(field: models.Field, shift: dict) -> tuple[str, str]:
    """Its name, and what the copy has in it."""
    name = f'"{field.column}"'
    target = field.related_model if field.is_relation else field.model
    if (field.primary_key or field.is_relation) and target in shift:
        return field.column, f"{name} + {shift[target]}"
    if field.unique and field.get_internal_type() == "CharField":
        return field.column, f"{name} || '-{shift[field.model]}'"
    return field.column, name


def order_of(number: int) -> Order:
    return Order(
        number=f"B{number}",
        shipping_incl_tax=0,
        shipping_excl_tax=0,
        total_incl_tax=total(),
        total_excl_tax=total(),
        date_placed=moment(number),
    )


def moment(number: int) -> datetime:
    return FIRST + timedelta(days=number * 7 % DAYS, minutes=number)


def price(place: int) -> Decimal:
    return Decimal(place + 1) * Decimal("3.33")


def total() -> Decimal:
    return sum(map(price, range(LINES)), Decimal(0))


def line_of(parcel: Consignment, place: int, kind: models.Model) -> Line:
    amount = price(place)
    return Line(
        order_id=parcel.order_id,
        consignment=parcel,
        partner=parcel.partner,
        partner_name="x",
        partner_sku="x",
        title="x",
        quantity=1,
        num_allocated=0,
        specialty=kind,
        channel=Channel.values[place % 3],
        unit_price_incl_tax=amount,
        unit_price_excl_tax=amount,
        line_price_incl_tax=amount,
        line_price_excl_tax=amount,
        line_price_before_discounts_incl_tax=amount,
        line_price_before_discounts_excl_tax=amount,
    )


def payment_of(order: Order) -> Payment:
    return Payment(
        order=order,
        amount=order.total_incl_tax,
        intent_id=f"pi_{order.number}",
        state=Payment.State.SUCCEEDED,
        settled_at=order.date_placed + timedelta(minutes=9),
    )


def refund_of(payment: Payment, number: int) -> Refund:
    is_back = number % 2
    return Refund(
        payment=payment,
        kind=Refund.Kind.PARTS,
        amount=Decimal("1.11"),
        token=f"t{number}",
        stripe_id=f"re_{number}",
        created_at=payment.settled_at,
        settled_at=payment.settled_at + timedelta(days=3),
        state=Refund.State.FAILED if is_back else Refund.State.SUCCEEDED,
    )
