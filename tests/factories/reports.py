"""Batches of figures, frozen sales and sales plans."""

from datetime import date, datetime
from decimal import Decimal

from catalog.assistance.models import Batch
from catalog.models import Category
from catalog.producers.models import Cooperative
from marketplace.reports.models import SalesCell
from tests.factories.goods import CooperativeFactory, specialty

NOVEMBER = date(2026, 11, 1)


def batch_of(
    month: date = NOVEMBER, *, cutoff: datetime, state: str = Batch.State.PUBLISHED
) -> Batch:
    """Published as of its cutoff, unless it is in another state."""
    is_published = state == Batch.State.PUBLISHED
    number = Batch.objects.count() + 1
    return Batch.objects.create(
        number=f"{month:%Y-%m}-{number}",
        month=month,
        cutoff=cutoff,
        state=state,
        is_under_way=True if state in Batch.UNDER_WAY else None,
        begun_at=cutoff,
        published_at=cutoff if is_published else None,
    )


def cell_of(
    batch: Batch,
    sold: str,
    refunded: str = "0",
    *,
    cooperative: Cooperative | None = None,
    goods: Category | None = None,
    channel: str = "online",
    month: date | None = None,
) -> SalesCell:
    maker = cooperative or CooperativeFactory()
    return SalesCell.objects.create(
        batch=batch,
        cooperative=maker,
        county=maker.county,
        specialty=goods or specialty(),
        channel=channel,
        month=month or batch.month,
        sold=Decimal(sold),
        refunded=Decimal(refunded),
    )
