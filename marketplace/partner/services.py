"""Writing a cooperative's shelf: prices and stock kept on the goods, packs taken by orders."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import (
    BigIntegerField,
    Case,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Cast, Round

from catalog.models import Product
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.money import FEN
from marketplace.partner.models import Partner, PriceChange, PricePaid, StockRecord
from marketplace.partner.refusals import (
    LEAST_PRICE,
    MOST_PRICE,
    BelowMinimum,
    NotAStep,
    NotForSale,
    OutOfStock,
    PriceChanged,
    PriceRefused,
    SaleLine,
    StockBelowAllocated,
)


def open_shelf(*, cooperative: Cooperative) -> Partner:
    """The cooperative's one shelf, made when it is first asked for."""
    shelf, _ = Partner.objects.get_or_create(
        cooperative=cooperative, defaults={"name": cooperative.name, "code": cooperative.slug}
    )
    return shelf


@transaction.atomic(savepoint=False)
def refresh_shelf(*, product_ids: Iterable[int]) -> None:
    """Recompute price_from, unit_price_from and in_stock of these parents from their packs.

    Both prices are those of one pack, the cheapest that can be bought now, else the cheapest:
    a price and a price for 500 g that stand side by side must be had together.
    Called by whatever changes a price, a stock or a pack. The parents are locked first, in pk
    order: the packs are then read as they are after whoever changed them before us.
    """
    parents = Product.objects.filter(pk__in=list(product_ids)).order_by("pk")
    locked = list(parents.select_for_update(no_key=True).values_list("pk", flat=True))
    records = StockRecord.objects.filter(
        product__parent=OuterRef("pk"), product__is_public=True
    ).order_by()
    measure = Case(
        When(product__net_ml__isnull=False, then=F("product__net_ml")),
        default=F("product__net_grams"),
    )
    # In whole fen, half up, so that both databases say what Product.unit_price_for says.
    fen = Cast(Round(F("price") * 100), BigIntegerField())
    unit = ExpressionWrapper(
        (fen * 1000 + measure) / (measure * 2) * FEN, output_field=DecimalField()
    )
    free = Q(num_in_stock__gte=F("num_allocated") + F("product__minimum_quantity"))
    shown = records.annotate(
        unit=unit, sold_out=Case(When(free, then=0), default=1, output_field=IntegerField())
    ).order_by("sold_out", "price", "pk")
    Product.objects.filter(pk__in=locked).update(
        price_from=Subquery(shown.values("price")[:1]),
        unit_price_from=Subquery(shown.values("unit")[:1]),
        in_stock=Exists(records.filter(free)),
    )


def check_sale(*, line: SaleLine, day: date) -> None:
    """Raise the Refusal that keeps the line from being sold that day, if there is one."""
    pack, record = line.product, line.stockrecord
    if not (pack.is_public and pack.parent.is_sellable_on(day)):
        raise NotForSale(line)
    if record.free < max(line.quantity, pack.minimum_quantity):
        raise OutOfStock(line)
    if line.quantity < pack.minimum_quantity:
        raise BelowMinimum(line)
    if pack.quantity_within(line.quantity) != line.quantity:
        raise NotAStep(line)


def allocate_stock(*, lines: Collection[SaleLine], day: date) -> None:
    """Take every line's packs, or raise and let the caller's transaction take none.

    Whether the good may still be sold is asked once more in the statement that takes the packs:
    a recall holds the stock while it takes the good from the shelf.

    Runs last in the transaction, in pk order: the hot row is locked for as short as possible
    and two baskets with the same goods can never deadlock. Each line's stock record holds the
    price that was agreed. Raises OutOfStock(line), PriceChanged(line) or NotForSale(line).
    """
    held = hold_stock({line.stockrecord.pk for line in lines})
    for line in sorted(lines, key=lambda line: line.stockrecord.pk):
        check_taking(line, held.get(line.stockrecord.pk))
    wanted = {line.stockrecord.pk: line.quantity for line in lines}
    if StockRecord.objects.takeable(lines, day).allocate(wanted) != len(wanted):
        raise NotForSale(first_withdrawn(lines, day))
    emptied = {
        line.product.parent_id
        for line in lines
        if held[line.stockrecord.pk].free - line.quantity < line.product.minimum_quantity
    }
    if emptied:
        refresh_shelf(product_ids=emptied)


def hold_stock(keys: Collection[int]) -> dict[int, StockRecord]:
    """Lock the stock records in pk order until the transaction ends; they as they are now."""
    records = StockRecord.objects.filter(pk__in=keys).order_by("pk")
    return {record.pk: record for record in records.select_for_update(no_key=True)}


def check_taking(line: SaleLine, now: StockRecord | None) -> None:
    """Raise the Refusal that keeps the packs from being taken, by the record as it is now."""
    if now is None:
        raise NotForSale(line)
    agreed, line.stockrecord = line.stockrecord.price, now
    if now.price != agreed:
        raise PriceChanged(line)
    if now.free < line.quantity:
        raise OutOfStock(line)


def first_withdrawn(lines: Collection[SaleLine], day: date) -> SaleLine:
    """The line whose good has left the shelf since the basket was read."""
    goods = Product.objects.in_bulk([line.product.parent_id for line in lines])
    gone = (line for line in lines if not goods[line.product.parent_id].is_sellable_on(day))
    return next(gone, next(iter(lines)))


@transaction.atomic(savepoint=False)
def release_stock(*, packs: Iterable[tuple[int, int]]) -> None:
    """Let packs that were allocated be sold again; `packs` are stock records' keys and numbers."""
    numbers = summed(packs)
    hold_stock(numbers)
    StockRecord.objects.filter(pk__in=numbers).release(numbers)
    refresh_shelf(product_ids=parents_of(numbers))


@transaction.atomic(savepoint=False)
def consume_stock(*, packs: Iterable[tuple[int, int]]) -> None:
    """Take packs that were allocated off the shelf: they are on their way to the buyer.

    What is free, and so the shelf's `in_stock`, stays as it is.
    """
    numbers = summed(packs)
    hold_stock(numbers)
    StockRecord.objects.filter(pk__in=numbers).consume(numbers)


@transaction.atomic
def set_stock(*, stockrecord_id: int, quantity: int) -> StockRecord:
    """Say how many packs there are, allocated ones included.

    Raises StockBelowAllocated when buyers already hold more, StockRecord.DoesNotExist.
    """
    record = StockRecord.objects.select_for_update(no_key=True).get(pk=stockrecord_id)
    if quantity < record.num_allocated:
        raise StockBelowAllocated(record)
    record.num_in_stock = quantity
    record.save(update_fields=["num_in_stock"])
    refresh_shelf(product_ids=parents_of([record.pk]))
    return record


@transaction.atomic(savepoint=False)
def withdraw_stock(*, packs: Mapping[int, int], parent_id: int) -> None:
    """Take free packs of a good out of the stock for good: they are not to be sold any more.

    Raises StockBelowAllocated, and takes none, when buyers have ordered so many that fewer are
    free; StockRecord.DoesNotExist for a pack that is not of this good.
    """
    keys = StockRecord.objects.filter(product__parent=parent_id).values_list("pk", flat=True)
    held = hold_stock(set(keys))
    for key, number in sorted(packs.items()):
        if key not in held:
            raise StockRecord.DoesNotExist
        record = held[key]
        if record.free < number:
            raise StockBelowAllocated(record)
        StockRecord.objects.filter(pk=key).update(num_in_stock=F("num_in_stock") - number)
    refresh_shelf(product_ids=[parent_id])


@transaction.atomic
def set_price(
    *, stockrecord_id: int, price: Decimal, by: User | None, now: datetime
) -> StockRecord:
    """Say what a pack costs from now on, and keep who said so; orders placed stay as they are.

    Raises PriceRefused, StockRecord.DoesNotExist.
    """
    record = StockRecord.objects.select_for_update(no_key=True).get(pk=stockrecord_id)
    if record.price == price:
        return record
    check_price(record, price)
    PriceChange.objects.create(stockrecord=record, before=record.price, after=price, at=now, by=by)
    record.price = price
    record.save(update_fields=["price"])
    refresh_shelf(product_ids=parents_of([record.pk]))
    return record


def check_price(record: StockRecord, price: Decimal) -> None:
    """Raise PriceRefused for what cannot be meant."""
    possible = LEAST_PRICE <= price <= MOST_PRICE and price == price.quantize(FEN)
    if not possible or not record.price / 10 < price < record.price * 10:
        raise PriceRefused(record, price)


def record_prices_paid(*, prices: Iterable[tuple[int, Decimal]], at: datetime) -> None:
    """Keep what packs were sold for; `prices` are stock records' keys and yuan for one pack."""
    PricePaid.objects.bulk_create(
        PricePaid(stockrecord_id=key, price=price, at=at) for key, price in prices
    )


def summed(packs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Packs by stock record."""
    numbers: dict[int, int] = {}
    for key, number in packs:
        numbers[key] = numbers.get(key, 0) + number
    return numbers


def parents_of(keys: Collection[int]) -> set[int]:
    records = StockRecord.objects.filter(pk__in=keys).order_by()
    return set(records.values_list("product__parent", flat=True))
