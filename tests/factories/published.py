"""Published figures, written as a batch would leave them."""

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from catalog.assistance.models import Batch, Cell
from catalog.models import Category
from catalog.producers.models import Cooperative
from marketplace.reports.models import SalesCell
from tests.factories.goods import WUCHUAN

BEIJING = ZoneInfo("Asia/Shanghai")
OCTOBER = date(2026, 10, 1)
YEAR = date(2026, 1, 1)
SUMMER = date(2026, 7, 1)
NUMBERS = count(1)


def publish_batch(month: date = OCTOBER, *, day: int = 6, **values) -> Batch:
    """Published on that day of the month after, and cut off at its midnight."""
    after = date(month.year + month.month // 12, month.month % 12 + 1, day)
    midnight = datetime(after.year, after.month, after.day, tzinfo=BEIJING)
    said = {
        "number": f"{month:%Y-%m}-{next(NUMBERS)}",
        "month": month,
        "cutoff": midnight,
        "begun_at": midnight,
        "published_at": midnight,
        "state": Batch.State.PUBLISHED,
    }
    return Batch.objects.create(**{**said, **values})


def cell(batch: Batch, table: str, row: str, households: int, amount: str, **values) -> Cell:
    """Of the year, unless told otherwise."""
    said = {"span": Cell.Span.YEAR, "begins_on": YEAR, **values}
    return Cell.objects.create(
        batch=batch, table=table, row=row, households=households, amount=Decimal(amount), **said
    )


def of_quarter(batch: Batch, maker: Cooperative, households: int, amount: str, **values) -> Cell:
    """What a cooperative paid in a quarter, the summer's unless told otherwise."""
    said = {"span": Cell.Span.QUARTER, "begins_on": SUMMER, **values}
    return cell(batch, Cell.Table.COOPERATIVE, str(maker.pk), households, amount, **said)


def sold(
    batch: Batch, maker: Cooperative, specialty: Category, month: date, amount: str, back: str = "0"
) -> SalesCell:
    return SalesCell.objects.create(
        batch=batch,
        cooperative=maker,
        county_id=WUCHUAN,
        specialty=specialty,
        channel="online",
        month=month,
        sold=Decimal(amount),
        refunded=Decimal(back),
    )
