"""What an order keeps as of the sale: nothing that changes later changes it."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from catalog.models import Product
from marketplace.accounts.models import User
from marketplace.address.services import fill_address
from marketplace.basket.contents import Contents
from marketplace.basket.models import Basket
from marketplace.basket.models import Line as BasketLine
from marketplace.money import NOTHING
from marketplace.offer.discounts import Discounts
from marketplace.order.models import (
    HELD_FOR,
    Channel,
    Consignment,
    Line,
    Order,
    OrderDiscount,
    OrderLineDiscount,
    ShippingAddress,
)
from marketplace.order.papers import PaperRow, papers_on
from marketplace.order.services.moves import write_steps
from marketplace.order.services.purchase import Purchase
from marketplace.order.states import State
from marketplace.partner.models import FeeRate
from marketplace.shipping.parcels import Parcel

RULE_VERSION = "2026-11"
NO_FEE = Decimal(0)
NUMBER_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def write_order(
    basket: Basket, purchase: Purchase, user: User | None, contents: Contents, now: datetime
) -> Order:
    address = ShippingAddress()
    fill_address(address=address, destination=purchase.destination)
    address.save()
    order = Order.objects.create(
        number=purchase.submission_token,
        submission_token=purchase.submission_token,
        basket=basket,
        user=user,
        guest_email=purchase.email,
        language=purchase.language,
        shipping_address=address,
        shipping_incl_tax=contents.fee_total,
        shipping_excl_tax=contents.fee_total,
        total_incl_tax=contents.total,
        total_excl_tax=contents.total,
        date_placed=now,
        held_until=now + HELD_FOR,
    )
    order.number = number_of(order)
    order.save(update_fields=["number"])
    return order


def number_of(order: Order) -> str:
    """The day in Beijing, the order's key, and a part that cannot be guessed:
    YS20261123-0042-7KQ2MX."""
    return f"YS{timezone.localdate(order.date_placed):%Y%m%d}-{order.pk:04d}-{random_part()}"


def random_part(length: int = 6) -> str:
    """Letters and digits that cannot be mistaken for each other."""
    return "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(length))


def write_parcels(
    order: Order, contents: Contents, notes: Mapping[int, str], now: datetime
) -> list[Line]:
    """The consignments with their lines, in the order of the basket's parcels.

    Raises ArithmeticError when the parts do not sum to the order's total.
    """
    day = timezone.localdate(now)
    papers = papers_on(goods=[line.goods for line in contents.lines], day=day)
    parcels = contents.parcels
    rates = FeeRate.objects.rates_on(day, {parcel.partner.pk for parcel in parcels})
    consignments = Consignment.objects.bulk_create(
        consignment_of(order, parcel, notes) for parcel in parcels
    )
    lines = [
        line_of(
            order,
            consignment,
            line,
            contents.discounts.on(line.pk),
            papers,
            rates.get(parcel.partner.pk, NO_FEE),
            day,
        )
        for consignment, parcel in zip(consignments, parcels, strict=True)
        for line in parcel.lines
    ]
    check_sum(order, consignments, lines)
    write_steps(consignments, State.AWAITING_PAYMENT, by=order.user, now=now)
    return Line.objects.bulk_create(lines)


def check_sum(order: Order, consignments: Sequence[Consignment], lines: Sequence[Line]) -> None:
    goods = sum((line.line_price_incl_tax for line in lines), NOTHING)
    fees = sum((consignment.fee for consignment in consignments), NOTHING)
    if (goods + fees, fees) != (order.total_incl_tax, order.shipping_incl_tax):
        raise ArithmeticError(f"{goods} + {fees} is not {order.total_incl_tax}")


def consignment_of(order: Order, parcel: Parcel, notes: Mapping[int, str]) -> Consignment:
    return Consignment(
        order=order,
        partner=parcel.partner,
        storage=parcel.storage,
        fee=parcel.fee,
        grams=parcel.grams,
        dispatch_on=parcel.dispatch_on,
        promised_on=parcel.arrives_on,
        note=notes.get(parcel.partner.pk, ""),
    )


def line_of(
    order: Order,
    consignment: Consignment,
    line: BasketLine,
    discount: Decimal,
    papers: Mapping[int, list[PaperRow]],
    fee_rate: Decimal,
    day: date,
) -> Line:
    pack, goods, record = line.product, line.goods, line.stockrecord
    price = line.amount - discount
    return Line(
        order=order,
        consignment=consignment,
        partner=record.partner,
        partner_name=record.partner.cooperative.name,
        partner_sku=record.partner_sku,
        partner_line_reference=str(line.pk),
        stockrecord=record,
        product=pack,
        title=f"{goods.title} {pack.title}",
        title_en=f"{goods.title_en} {pack.title_en}" if goods.title_en else "",
        net_grams=pack.net_grams,
        net_ml=pack.net_ml,
        catch_weight=pack.catch_weight,
        is_perishable=line.needs_consent,
        papers=papers[goods.pk],
        specialty_id=goods.specialty_id,
        channel=channel_of(goods, day),
        fee_rate=fee_rate,
        rule_version=RULE_VERSION,
        quantity=line.quantity,
        num_allocated=line.quantity,
        unit_price_incl_tax=line.price,
        unit_price_excl_tax=line.price,
        line_price_incl_tax=price,
        line_price_excl_tax=price,
        line_price_before_discounts_incl_tax=line.amount,
        line_price_before_discounts_excl_tax=line.amount,
    )


def channel_of(goods: Product, day: date) -> Channel:
    """Pre-sale is what ships only in a window that has not begun."""
    later = goods.ship_from is not None and goods.ship_from > day
    return Channel.PRESALE if later else Channel.ONLINE


def write_discounts(
    order: Order, discounts: Discounts, voucher_code: str, lines: Sequence[Line]
) -> None:
    """Who took off what and who bears it, with its share of each line."""
    rows = OrderDiscount.objects.bulk_create(
        OrderDiscount(
            order=order,
            offer_id=discount.offer_id,
            offer_name=discount.name,
            voucher_id=discount.voucher_id,
            voucher_code=voucher_code if discount.voucher_id else "",
            bearer=discount.bearer,
            cooperative_id=discount.cooperative_id,
            frequency=1,
            amount=discount.amount,
        )
        for discount in discounts.rows
    )
    by_basket_line = {int(line.partner_line_reference): line for line in lines}
    OrderLineDiscount.objects.bulk_create(
        OrderLineDiscount(
            line=by_basket_line[key], order_discount=row, is_incl_tax=True, amount=share
        )
        for row, discount in zip(rows, discounts.rows, strict=True)
        for key, share in discount.shares.items()
        if share
    )
