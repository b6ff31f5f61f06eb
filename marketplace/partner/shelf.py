"""Prices and stock of many packs of one shelf, changed together or not at all."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.partner.models import Partner, PriceChange, StockRecord
from marketplace.partner.refusals import PriceRefused, StockBelowAllocated
from marketplace.partner.services import check_price, hold_stock, parents_of, refresh_shelf

BATCH = 500
Errors = dict[int, dict[str, str]]


class Wanted(NamedTuple):
    """What a pack's price and stock shall be; None leaves it. `seen` is what they were when it
    was decided: what has moved since is asked again."""

    price: Decimal | None = None
    quantity: int | None = None
    seen_price: Decimal | None = None
    seen_quantity: int | None = None


class Changed(NamedTuple):
    record: StockRecord
    price_before: Decimal
    quantity_before: int


class RowsRefused(Exception):
    """Words by pack and by "price" or "quantity"; nothing has changed, the right rows neither."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(errors)
        self.errors = errors


@transaction.atomic
def change_shelf(
    *, shelf: Partner, wanted: Mapping[int, Wanted], by: User | None, now: datetime
) -> list[Changed]:
    """Write every row or none; `wanted` is by stock record. Raises RowsRefused.

    The rows are locked in pk order, as sales lock them. Another shelf's pack is not there.
    """
    held = hold_stock(wanted.keys())
    ours = {key: record for key, record in held.items() if record.partner_id == shelf.pk}
    errors = {key: refused for key, want in wanted.items() if (refused := refuse(ours, key, want))}
    if errors:
        raise RowsRefused(errors)
    changed = [
        applied
        for key, want in wanted.items()
        if (applied := apply_to(ours[key], want)) is not None
    ]
    write(changed, by, now)
    return changed


def refuse(records: Mapping[int, StockRecord], key: int, want: Wanted) -> dict[str, str]:
    """By "price" and "quantity", why the row cannot be written."""
    record = records.get(key)
    if record is None:
        return {"price": _("This pack is not on your shelf.")}
    errors = {}
    if want.price is not None and want.price != record.price:
        if want.seen_price not in (None, record.price):
            errors["price"] = _("Meanwhile the price has become ¥%(price)s.") % {
                "price": record.price
            }
        else:
            errors["price"] = price_problem(record, want.price)
    if want.quantity is not None and want.quantity != record.num_in_stock:
        errors["quantity"] = stock_problem(record, want)
    return {field: words for field, words in errors.items() if words}


def price_problem(record: StockRecord, price: Decimal) -> str:
    try:
        check_price(record, price)
    except PriceRefused as refusal:
        return refusal.words
    return ""


def stock_problem(record: StockRecord, want: Wanted) -> str:
    if want.seen_quantity not in (None, record.num_in_stock):
        return _("Meanwhile the stock has become %(number)s. Please look at it once more.") % {
            "number": record.num_in_stock
        }
    if want.quantity < record.num_allocated:
        return StockBelowAllocated(record).words
    return ""


def apply_to(record: StockRecord, want: Wanted) -> Changed | None:
    before = Changed(record, record.price, record.num_in_stock)
    record.price = record.price if want.price is None else want.price
    record.num_in_stock = record.num_in_stock if want.quantity is None else want.quantity
    same = (record.price, record.num_in_stock) == (before.price_before, before.quantity_before)
    return None if same else before


def write(changed: Collection[Changed], by: User | None, now: datetime) -> None:
    records = [each.record for each in changed]
    StockRecord.objects.bulk_update(records, ["price", "num_in_stock"], batch_size=BATCH)
    PriceChange.objects.bulk_create(
        (
            PriceChange(
                stockrecord=each.record,
                before=each.price_before,
                after=each.record.price,
                at=now,
                by=by,
            )
            for each in changed
            if each.record.price != each.price_before
        ),
        batch_size=BATCH,
    )
    refresh_shelf(product_ids=parents_of([record.pk for record in records]))
