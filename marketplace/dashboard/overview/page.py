"""All that a cooperative's first page tells, by the role of who reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from catalog.producers.models import Membership
from marketplace.dashboard.overview.beginning import FirstStep, read_first_steps
from marketplace.dashboard.overview.jobs import Job, read_jobs
from marketplace.dashboard.overview.news import TREASURERS, Piece, read_news
from marketplace.dashboard.overview.sales import read_sales
from marketplace.dashboard.overview.sales_charts import SalesCharts, draw_sales
from marketplace.dashboard.shipping.today import Today, read_today


@dataclass(frozen=True)
class Overview:
    """`sales` is None where nothing was sold in the period."""

    counts: Today
    first_steps: list[FirstStep]
    jobs: list[Job]
    sales: SalesCharts | None
    news: list[Piece]


def read_overview(membership: Membership, now: datetime) -> Overview:
    today, maker = timezone.localdate(now), membership.cooperative
    sales = read_sales(maker, today)
    drawn = draw_sales(sales, with_money=membership.role in TREASURERS)
    return Overview(
        counts=read_today(maker, today),
        first_steps=[] if sales.total.orders else read_first_steps(membership),
        jobs=read_jobs(membership, today, has_sold=bool(sales.total.orders)),
        sales=drawn if sales.total.orders else None,
        news=read_news(membership, now),
    )
