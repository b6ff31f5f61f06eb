"""Batches of figures, frozen sales and sales plans."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from catalog.assistance.models import Batch
from catalog.models import Category
from catalog.producers.models import Cooperative
from marketplace.accounts.models import User
from marketplace.reports.models import Export, Plan, PlanLine, SalesCell
from tests.factories.goods import WUCHUAN, CooperativeFactory, specialty

NOVEMBER = date(2026, 11, 1)
CUTOFF = datetime(2026, 12, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


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


def plan_of(*, base: int = 2025, target: int = 2026, **about) -> Plan:
    return Plan.objects.create(
        name=about.pop("name", "销售倍增计划"), base_year=base, target_year=target, **about
    )


def line_of(
    plan: Plan,
    target: str = "1000",
    base: str = "500",
    *,
    county: str = WUCHUAN,
    goods: Category | None = None,
    channel: str = "online",
) -> PlanLine:
    return PlanLine.objects.create(
        plan=plan,
        county_id=county,
        specialty=goods or specialty(),
        channel=channel,
        base=Decimal(base),
        target=Decimal(target),
    )


def export_of(plan: Plan, county: str | None = None, kind: str = "csv") -> Export:
    """Made by hand, with a file in it."""
    return Export.objects.create(
        plan=plan,
        batch=batch_of(cutoff=CUTOFF),
        county_id=county,
        kind=kind,
        state=Export.State.READY,
        file=ContentFile(b"x", name=f"x.{kind}"),
        begun_at=CUTOFF,
        ended_at=CUTOFF,
        by=User.objects.create_user(f"asker-{Export.objects.count()}@example.com"),
    )
